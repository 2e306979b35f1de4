"""Soak test: clients at work for minutes while their resources are watched. `python -m tests.soak --help`."""
