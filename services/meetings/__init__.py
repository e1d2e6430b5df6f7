"""A topic is researched, prepared and consulted on."""
