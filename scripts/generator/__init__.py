"""Drives openapi-python-client with our templates: a final document in, a sans-IO client out."""
