"""Webhooks: public facts carried to the addresses of agencies, signed, and again until taken."""
