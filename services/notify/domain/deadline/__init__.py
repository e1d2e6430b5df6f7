"""The deadline (期限): a day by which a unit has to reply, and why that day."""
