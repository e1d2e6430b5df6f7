"""A believable year of consultation work, told as ordinary commands.

Pure: the same counties, days and seed make the same commands. Counties differ by their charters and
by the files beside this one; no line of code knows a county.
"""
