"""What other agencies are told, and what they hand over."""
