"""What every service stands on: a pure kernel, and a runtime that does the IO. No domain word lives here."""
