"""The front door: who may enter, what each level sees, and the story of one matter."""
