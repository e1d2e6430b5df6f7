"""A draw (随机抽取): who of the pool goes, so that anybody can recompute it."""
