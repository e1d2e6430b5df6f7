"""What operators look after: services, lag, dead letters, views, the chain; and what they order."""
