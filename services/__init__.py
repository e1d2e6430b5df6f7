"""The five independent services. They share names, not code: no service imports another."""
