"""What this library and others do in the same situation, tried against the same server."""
