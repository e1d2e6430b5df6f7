"""What is put on paper, before anything writes it: grids of cells, official documents."""
