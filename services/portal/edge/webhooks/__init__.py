"""Webhooks of agencies: what was sent to each, what came of it, and sending it again."""
