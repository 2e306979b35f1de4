"""Await quantum jobs on four clouds: Scaleway QaaS, Kipu Quantum Hub, Pasqal Cloud and Rigetti QCS.

    async with anyqpu.connect("kipu", emulator=True) as kipu:
        job = await kipu.submit("bell.qasm", device="kipu.sim.qsim", shots=1000)
        result = await job.result(timeout=60)
        print(result.counts)

Names are imported when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from anyqpu._version import __version__

if TYPE_CHECKING:
    from anyqpu import errors, pictures, sync
    from anyqpu.connecting import connect
    from anyqpu.core.client import Client
    from anyqpu.core.registry import available_providers
    from anyqpu.core.submit import Search
    from anyqpu.errors import AnyQPUError
    from anyqpu.fleet import Fleet, Ticket
    from anyqpu.handles import resume
    from anyqpu.ledger.entry import Outcome
    from anyqpu.model.batch import Batch, BatchResults
    from anyqpu.model.calibration import Calibration, SiteCharacteristic, Topology, Workload
    from anyqpu.model.capabilities import Capabilities
    from anyqpu.model.cost import CostEstimate
    from anyqpu.model.counts import BitOrder, Counts
    from anyqpu.model.device import Device
    from anyqpu.model.handle import JobHandle
    from anyqpu.model.job import Job
    from anyqpu.model.money import Money, Pricing
    from anyqpu.model.native import TranspileOptions
    from anyqpu.model.polling import PollPolicy
    from anyqpu.model.program import Program, ProgramFormat
    from anyqpu.model.reservation import AvailableSlot, BookingRules, Reservation, ReservationStatus
    from anyqpu.model.result import Result, ResultItem, ResultKind
    from anyqpu.model.session import Session, SessionStatus
    from anyqpu.model.status import DeviceKind, DeviceStatus, JobStatus, Technology
    from anyqpu.paging import Page, Pager
    from anyqpu.transport.hooks import Hooks
    from anyqpu.transport.http import Limits
    from anyqpu.transport.retry import RetryPolicy
    from anyqpu.transport.timeouts import Timeouts

_PLACES = {
    "AnyQPUError": "anyqpu.errors",
    "AvailableSlot": "anyqpu.model.reservation",
    "Batch": "anyqpu.model.batch",
    "BatchResults": "anyqpu.model.batch",
    "BitOrder": "anyqpu.model.counts",
    "BookingRules": "anyqpu.model.reservation",
    "Calibration": "anyqpu.model.calibration",
    "Capabilities": "anyqpu.model.capabilities",
    "CostEstimate": "anyqpu.model.cost",
    "Client": "anyqpu.core.client",
    "Counts": "anyqpu.model.counts",
    "Device": "anyqpu.model.device",
    "DeviceKind": "anyqpu.model.status",
    "DeviceStatus": "anyqpu.model.status",
    "Fleet": "anyqpu.fleet",
    "Hooks": "anyqpu.transport.hooks",
    "Job": "anyqpu.model.job",
    "JobHandle": "anyqpu.model.handle",
    "JobStatus": "anyqpu.model.status",
    "Limits": "anyqpu.transport.http",
    "Money": "anyqpu.model.money",
    "Outcome": "anyqpu.ledger.entry",
    "Page": "anyqpu.paging",
    "Pager": "anyqpu.paging",
    "PollPolicy": "anyqpu.model.polling",
    "Pricing": "anyqpu.model.money",
    "Program": "anyqpu.model.program",
    "ProgramFormat": "anyqpu.model.program",
    "Reservation": "anyqpu.model.reservation",
    "ReservationStatus": "anyqpu.model.reservation",
    "Result": "anyqpu.model.result",
    "ResultItem": "anyqpu.model.result",
    "ResultKind": "anyqpu.model.result",
    "RetryPolicy": "anyqpu.transport.retry",
    "Search": "anyqpu.core.submit",
    "Session": "anyqpu.model.session",
    "SessionStatus": "anyqpu.model.session",
    "SiteCharacteristic": "anyqpu.model.calibration",
    "Technology": "anyqpu.model.status",
    "Ticket": "anyqpu.fleet",
    "Timeouts": "anyqpu.transport.timeouts",
    "Topology": "anyqpu.model.calibration",
    "TranspileOptions": "anyqpu.model.native",
    "Workload": "anyqpu.model.calibration",
    "available_providers": "anyqpu.core.registry",
    "connect": "anyqpu.connecting",
    "resume": "anyqpu.handles",
}

_MODULES = ("errors", "pictures", "sync")

__all__ = [
    "AnyQPUError",
    "AvailableSlot",
    "Batch",
    "BatchResults",
    "BitOrder",
    "BookingRules",
    "Calibration",
    "Capabilities",
    "Client",
    "CostEstimate",
    "Counts",
    "Device",
    "DeviceKind",
    "DeviceStatus",
    "Fleet",
    "Hooks",
    "Job",
    "JobHandle",
    "JobStatus",
    "Limits",
    "Money",
    "Outcome",
    "Page",
    "Pager",
    "PollPolicy",
    "Pricing",
    "Program",
    "ProgramFormat",
    "Reservation",
    "ReservationStatus",
    "Result",
    "ResultItem",
    "ResultKind",
    "RetryPolicy",
    "Search",
    "Session",
    "SessionStatus",
    "SiteCharacteristic",
    "Technology",
    "Ticket",
    "Timeouts",
    "Topology",
    "TranspileOptions",
    "Workload",
    "__version__",
    "available_providers",
    "connect",
    "errors",
    "pictures",
    "resume",
    "sync",
]


# Hidden from type checkers, which would accept any name; the real ones are imported above.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name in _MODULES:
            return import_module(f"anyqpu.{name}")
        if name not in _PLACES:
            raise AttributeError(f"module 'anyqpu' has no attribute {name!r}")
        value = getattr(import_module(_PLACES[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_PLACES, *_MODULES])
