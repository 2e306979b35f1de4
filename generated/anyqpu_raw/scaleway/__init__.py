"""Generated: Quantum as a Service API, version v1alpha1. Written by scripts, not by hand."""
