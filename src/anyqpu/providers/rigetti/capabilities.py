"""What Rigetti can do with what is installed."""

from __future__ import annotations

import importlib.util
from dataclasses import replace

from anyqpu.errors import Hint
from anyqpu.model.capabilities import Capabilities
from anyqpu.transport import zeromq

GRPC_NEEDS = ("h2", "google.protobuf")
EXTRA = "pip install 'anyqpu[rigetti]'"
CAPABILITIES = Capabilities(
    job_listing=False,
    find=False,
    cancel=True,
    reservations=True,
    find_slots=True,
    calibration=True,
    instead={
        "jobs": EXTRA,
        "job_listing": Hint(
            "Keep str(job.handle): resume(handle) returns the job",
            "Keep the handle that `anyqpu submit` prints: `anyqpu resume` takes it",
        ),
        "find": Hint(
            "Keep str(job.handle), which has the key: resume(handle) returns the job",
            "Keep the handle that `anyqpu submit` prints: `anyqpu resume` takes it",
        ),
        "delete": "Rigetti keeps results for a while only",
        "sessions": Hint(
            "Set time on a processor aside with reserve(...)",
            "Set time on a processor aside with `anyqpu reservations book`",
        ),
        "prices": Hint(
            "The price of a reservation is in find_slots(...)",
            "`anyqpu reservations find` lists prices of reservations",
        ),
    },
)


def extra_is_installed() -> bool:
    """Return whether programs can be executed over ZeroMQ."""
    return all(importlib.util.find_spec(package) is not None for package in zeromq.NEEDS)


def grpc_is_installed() -> bool:
    """Return whether programs can be executed over gRPC."""
    try:
        return all(importlib.util.find_spec(package) is not None for package in GRPC_NEEDS)
    except ModuleNotFoundError:
        # Of `google`, which protobuf shares with other packages.
        return False


def current() -> Capabilities:
    """Return what the provider can do with what is installed: jobs need the extra `rigetti`."""
    return replace(CAPABILITIES, jobs=extra_is_installed() and grpc_is_installed())
