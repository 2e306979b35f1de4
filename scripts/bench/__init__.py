"""What the library costs, beside what a user would pick instead; `python -m scripts.bench` measures it."""
