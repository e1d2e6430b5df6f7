"""The evaluation (民主测评): how satisfied those entitled to say so are, by secret ballot."""
