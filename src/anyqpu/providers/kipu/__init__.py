"""Kipu Quantum Hub."""

from anyqpu.providers.kipu.client import KipuClient

__all__ = ["KipuClient"]
