"""What those whom it concerns say of a reply: solved or not, and how satisfied they are."""
