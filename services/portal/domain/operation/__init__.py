"""An operation (运维操作): what an operator ordered of the platform, and what came of it."""
