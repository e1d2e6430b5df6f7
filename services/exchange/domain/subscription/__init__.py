"""The subscription (订阅): which public facts one agency is told, and by which way."""
