"""Who may see what, worked out a second time and by other means than the product's."""
