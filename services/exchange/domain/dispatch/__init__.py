"""A dispatch (转出事项): what is handed to another agency, until it says that it has it."""
