"""Digests, keys and signature schemes, looked up by object identifier."""
