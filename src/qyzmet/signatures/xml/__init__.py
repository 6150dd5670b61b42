"""XML signatures: enveloped and stacked, each later one over the earlier."""
