"""The front door over HTTP: sessions, pages, forms, the API, and live pages."""
