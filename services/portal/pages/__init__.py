"""What people see: templates, texts, and how facts become sentences."""
