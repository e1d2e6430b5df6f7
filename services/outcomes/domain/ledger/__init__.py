"""A ledger (活动台账) of an area and a period, as its office certified it."""
