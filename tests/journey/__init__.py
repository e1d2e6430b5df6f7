"""One matter from lead to closure, across the real services."""
