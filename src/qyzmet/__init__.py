"""Qyzmet: regulated state services, from application to signed result."""
