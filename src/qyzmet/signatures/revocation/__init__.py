"""Revocation: lists, OCSP answers, and what they say together about a certificate at a moment."""
