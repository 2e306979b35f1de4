"""Costs of the library beside those of its alternatives; `python -m scripts.bench` measures them."""
