"""What exchange shows."""
