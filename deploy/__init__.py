"""How the services are started, configured and operated."""
