"""Pages by what is administered, one module each."""
