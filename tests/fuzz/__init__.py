"""Fuzzing: odd input to the client and to the emulator. `python -m tests.fuzz --help`."""
