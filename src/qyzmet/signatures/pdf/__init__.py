"""PDF with seals inside (PAdES): reading with the standard library only, checking, sealing by an incremental
update.
"""
