"""Matters from the first word to the last step: raising, looking, doing."""
