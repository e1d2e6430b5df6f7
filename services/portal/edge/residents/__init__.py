"""What residents do: raise a matter, follow it by its receipt, say whether it is solved."""
