"""An erasure: somebody's private words are deleted, or kept locked where a law demands it."""
