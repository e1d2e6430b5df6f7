"""The pool of an area (协商人才库): whom a draw may take, at any moment."""
