"""A charter (规则) of a county in one version: when it came into force, and where it was left."""
