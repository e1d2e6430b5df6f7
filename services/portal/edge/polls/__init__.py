"""Evaluations: opening, voting without a name, tallying."""
