"""The hall of a body that takes people in: its queue, visits to homes, and what waits to be handed over."""
