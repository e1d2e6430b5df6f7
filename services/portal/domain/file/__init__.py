"""The life of a file that belongs to a matter, a meeting or a record."""
