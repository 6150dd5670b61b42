"""Pages of the auditor, a file for each."""
