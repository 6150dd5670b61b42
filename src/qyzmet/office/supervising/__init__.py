"""The supervisor: load, lateness, refusals and times of the cases one watches; nothing is changed here."""
