"""Generated: Hub Quantum Workload API, version 1.0. Written by scripts, not by hand."""
