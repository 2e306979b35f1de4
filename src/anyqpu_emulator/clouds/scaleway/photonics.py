"""Jobs of photonic platforms, computed as everywhere."""

from anyqpu_emulator.engines.photonic_jobs import run, shots_of

__all__ = ["run", "shots_of"]
