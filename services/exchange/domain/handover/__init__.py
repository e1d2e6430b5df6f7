"""A handover (转来事项): what another agency handed over, and what it was told of it since."""
