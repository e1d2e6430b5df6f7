"""The figures: `make bench` measures them, peers and our program in the same run."""
