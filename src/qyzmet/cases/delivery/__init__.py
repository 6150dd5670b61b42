"""What acts left to be done elsewhere, carried out at least once."""
