"""What a deployment sets over the product: its own files, values, maintenance, and who may set them."""
