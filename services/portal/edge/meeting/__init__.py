"""Everything around a meeting: research, preparation, check-in, running it, its minutes."""
