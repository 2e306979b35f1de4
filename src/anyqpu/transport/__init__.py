"""The only place that does I/O: requests in, responses or typed errors out."""
