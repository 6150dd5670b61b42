"""Taking an application in: its shape, its law, its number, and the case it becomes."""
