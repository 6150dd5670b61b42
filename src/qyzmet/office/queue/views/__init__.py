"""Pages of the hall, one module per subject."""
