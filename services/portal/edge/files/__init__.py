"""Files that belong to matters: read from forms, made harmless, sealed, and served."""
