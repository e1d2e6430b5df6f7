"""Who is told what, and which clocks are running."""
