"""Holds every operation of every cloud, through the real client, against the promises of `tests/conformance`."""
