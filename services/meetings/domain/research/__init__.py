"""Research before a consultation (议前调研): planned, done on the spot, reported."""
