"""What was agreed is written down, assigned, answered, followed up and closed."""
