"""What people do, task by task, at a real browser."""
