"""Pages of the supervisor, a file for each."""
