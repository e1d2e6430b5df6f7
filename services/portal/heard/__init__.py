"""What the portal hears: everything. Named here is what its views look into."""
