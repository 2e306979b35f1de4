"""Raw clients of the four clouds, without I/O. Written by scripts from the documents in `specs`."""
