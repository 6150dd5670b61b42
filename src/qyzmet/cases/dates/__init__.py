"""Dates of a case: when things are due, what stands still, and what is judged again when calendars change."""
