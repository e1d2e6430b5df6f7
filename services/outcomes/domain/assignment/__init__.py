"""The assignment (交办事项): one item on the desk of one unit."""
