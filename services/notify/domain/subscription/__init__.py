"""The subscription (通知订阅): how one person wants to be told, and which matters they follow."""
