"""Generated: public_apis.core_fast.main, version 0.1.0. Written by scripts, not by hand."""
