"""Turning a program from one language into another, where that is exact (extra `convert`)."""

from anyqpu.programs.fitting import conversions, fit

__all__ = ["conversions", "fit"]
