"""Generated: Rigetti QCS API, version 2020-07-31. Written by scripts, not by hand."""
