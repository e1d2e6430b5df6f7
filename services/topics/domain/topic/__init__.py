"""A topic (协商议题): a matter put forward for consultation, and whether it is approved."""
