"""The pure part: messages, deciders, policies, areas, refusals. No IO, no clock, no domain word."""
