"""Certificates: reading, the national subject and roles, trust, chains."""
