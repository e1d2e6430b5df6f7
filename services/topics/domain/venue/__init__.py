"""A venue (协商阵地): a room where people consult, whose it is, and who convenes there."""
