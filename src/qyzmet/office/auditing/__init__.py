"""The auditor: finds, reads, checks the journal and its seals, and changes nothing."""
