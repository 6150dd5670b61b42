"""The words a case is found by."""
