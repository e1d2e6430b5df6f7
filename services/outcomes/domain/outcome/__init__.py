"""The outcome (协商成果): minutes, their way through the bodies, their items, their closing."""
