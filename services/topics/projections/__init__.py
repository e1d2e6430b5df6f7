"""What the topics service shows."""
