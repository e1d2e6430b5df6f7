"""Starting and stopping the platform on one machine."""
