"""What everybody may read, logged in or not."""
