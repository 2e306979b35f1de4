"""Messages of the clouds' gRPC services. Written by scripts from the documents in `specs`."""
