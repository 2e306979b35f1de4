"""Pasqal Cloud."""

from anyqpu.providers.pasqal.client import PasqalClient

__all__ = ["PasqalClient"]
