"""A consultation (协商活动): prepared, held, and its record signed."""
