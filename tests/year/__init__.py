"""The told year: believable, lawful, the same each time."""
