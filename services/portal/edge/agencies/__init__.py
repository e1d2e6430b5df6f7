"""Other agencies: their own pages, and those of operators who look after them."""
