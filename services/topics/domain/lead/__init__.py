"""A lead (议题线索): what somebody brings, before it is decided what becomes of it."""
