"""Pasqal Cloud."""

from typing import TYPE_CHECKING

from anyqpu._lazy import lazy_names

if TYPE_CHECKING:
    from anyqpu.providers.pasqal.client import PasqalClient
    from anyqpu.providers.pasqal.programs import PasqalJob
    from anyqpu.providers.pasqal.raw_only import RAW_ONLY
    from anyqpu.providers.pasqal.results import Observable, PulserResults, pulser_results
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "RAW_ONLY": "raw_only",
            "Observable": "results",
            "PasqalClient": "client",
            "PasqalJob": "programs",
            "PulserResults": "results",
            "pulser_results": "results",
        },
    )

__all__ = ["RAW_ONLY", "Observable", "PasqalClient", "PasqalJob", "PulserResults", "pulser_results"]
