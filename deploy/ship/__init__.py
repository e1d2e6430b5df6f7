"""How the platform is shipped: an image, compose, Kubernetes, and systemd without an outside."""
