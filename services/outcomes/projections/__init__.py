"""What outcomes shows."""
