"""The notice (通知): somebody is told, and reads it."""
