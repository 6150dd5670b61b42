"""CMS, RFC 5652: reading, checking and making signed messages."""
