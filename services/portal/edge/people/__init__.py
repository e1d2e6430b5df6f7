"""Who people are: logging in, accounts, deputies, personal files, erasure."""
