"""What people are told: the inbox, their wishes, the ledger of notices."""
