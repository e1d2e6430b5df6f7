"""A matter becomes a topic, and a topic is approved."""
