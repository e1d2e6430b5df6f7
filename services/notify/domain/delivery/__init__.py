"""The delivery (送达): one notice on its way to one account by one channel."""
