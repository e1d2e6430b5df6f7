"""An operation (运维操作): what an operator ordered of the running platform, and what came of it."""
