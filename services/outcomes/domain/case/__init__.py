"""The case (典型案例): one outcome written up in five sections, for others to learn from."""
