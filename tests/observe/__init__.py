"""What those who watch over the platform are given, tried."""
