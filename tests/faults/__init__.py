"""Whatever is killed, nothing acknowledged is lost and nothing is doubled."""
