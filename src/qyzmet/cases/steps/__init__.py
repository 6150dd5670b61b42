"""Steps of a case: how they open, what happens in them by themselves or by hand, and how they end."""
