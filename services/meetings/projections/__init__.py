"""What the meetings service shows."""
