"""The frame of every page: layout, stylesheet, words in three languages, and the parts pages share.

Portal and office both build on it; it knows how things look and read, never what they mean.
"""
