"""Soak test: the client at work for minutes over real sockets, watched for growth. `python -m tests.soak --help`."""
