"""One-command demonstrations of what the runtime promises; `python -m scripts.prove` runs them all."""
