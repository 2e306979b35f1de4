"""Soak test: the client at work for minutes over real sockets, watched for growth. `python -m scripts.soak --help`."""
