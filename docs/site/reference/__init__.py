"""The references of the site: written from the code whenever it is built."""
