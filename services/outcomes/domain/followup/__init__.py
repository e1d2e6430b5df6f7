"""The follow-up (回头看, 回头督, 问效): somebody goes back and looks."""
