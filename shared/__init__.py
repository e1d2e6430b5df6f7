"""What every service stands on: a pure kernel, and a runtime for the IO. No domain words here."""
