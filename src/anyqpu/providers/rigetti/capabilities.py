"""What Rigetti can do with what is installed."""

from __future__ import annotations

import importlib.util
from dataclasses import replace

from anyqpu.model.capabilities import Capabilities
from anyqpu.transport import zeromq

EXTRA = "pip install 'anyqpu[rigetti]'"
CAPABILITIES = Capabilities(
    job_listing=False,
    find=False,
    cancel=False,
    reservations=True,
    find_slots=True,
    calibration=True,
    instead={
        "jobs": EXTRA,
        "job_listing": "Keep str(job.handle): resume(handle) returns the job",
        "find": "Keep str(job.handle), which has the key: resume(handle) returns the job",
        "cancel": "An execution ends by itself; a reservation can be cancelled",
        "delete": "Rigetti keeps results for a while only",
        "sessions": "Set time on a processor aside with reserve(...)",
        "prices": "The price of a reservation is in find_slots(...)",
    },
)


def extra_is_installed() -> bool:
    """Return whether programs can be executed."""
    return all(importlib.util.find_spec(package) is not None for package in zeromq.NEEDS)


def current() -> Capabilities:
    """Return what the provider can do with what is installed: jobs need the extra `rigetti`."""
    return replace(CAPABILITIES, jobs=extra_is_installed())
