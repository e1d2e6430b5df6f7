"""The doors for agencies' programs: what they hand over, and what they are handed."""
