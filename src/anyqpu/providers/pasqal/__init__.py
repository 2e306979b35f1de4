"""Pasqal Cloud."""

from anyqpu.providers.pasqal.client import PasqalClient
from anyqpu.providers.pasqal.programs import PasqalJob
from anyqpu.providers.pasqal.raw_only import RAW_ONLY
from anyqpu.providers.pasqal.results import Observable, PulserResults, pulser_results

__all__ = ["RAW_ONLY", "Observable", "PasqalClient", "PasqalJob", "PulserResults", "pulser_results"]
