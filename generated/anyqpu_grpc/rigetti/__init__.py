"""Messages of `specs/rigetti/grpc`. Written by scripts."""
