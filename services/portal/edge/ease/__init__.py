"""What makes the pages easy: how they look, what they are for, and a first walk through them."""
