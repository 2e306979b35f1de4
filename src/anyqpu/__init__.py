"""Await quantum jobs on any cloud: Scaleway QaaS, Kipu Quantum Hub, Pasqal Cloud and Rigetti QCS.

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
    from anyqpu import errors
    from anyqpu.connecting import connect
    from anyqpu.errors import AnyQPUError
    from anyqpu.handles import resume
    from anyqpu.model.calibration import Calibration, Workload
    from anyqpu.model.counts import BitOrder, Counts
    from anyqpu.model.device import Device
    from anyqpu.model.handle import JobHandle
    from anyqpu.model.job import Job
    from anyqpu.model.money import Money, Pricing
    from anyqpu.model.polling import PollPolicy
    from anyqpu.model.program import Program, ProgramFormat
    from anyqpu.model.result import Result, ResultItem, ResultKind
    from anyqpu.model.session import Session, SessionStatus
    from anyqpu.model.status import DeviceKind, DeviceStatus, JobStatus, Technology
    from anyqpu.paging import Page, Pager
    from anyqpu.transport.hooks import Hooks
    from anyqpu.transport.http import Limits
    from anyqpu.transport.retry import RetryPolicy
    from anyqpu.transport.submit import Search
    from anyqpu.transport.timeouts import Timeouts

_PLACES = {
    "AnyQPUError": "anyqpu.errors",
    "BitOrder": "anyqpu.model.counts",
    "Counts": "anyqpu.model.counts",
    "Device": "anyqpu.model.device",
    "DeviceKind": "anyqpu.model.status",
    "DeviceStatus": "anyqpu.model.status",
    "Job": "anyqpu.model.job",
    "JobHandle": "anyqpu.model.handle",
    "JobStatus": "anyqpu.model.status",
    "Money": "anyqpu.model.money",
    "Page": "anyqpu.paging",
    "Pager": "anyqpu.paging",
    "PollPolicy": "anyqpu.model.polling",
    "Pricing": "anyqpu.model.money",
    "Program": "anyqpu.model.program",
    "ProgramFormat": "anyqpu.model.program",
    "Result": "anyqpu.model.result",
    "ResultItem": "anyqpu.model.result",
    "ResultKind": "anyqpu.model.result",
    "Technology": "anyqpu.model.status",
    "Hooks": "anyqpu.transport.hooks",
    "Limits": "anyqpu.transport.http",
    "RetryPolicy": "anyqpu.transport.retry",
    "Search": "anyqpu.transport.submit",
    "Timeouts": "anyqpu.transport.timeouts",
    "Calibration": "anyqpu.model.calibration",
    "Session": "anyqpu.model.session",
    "SessionStatus": "anyqpu.model.session",
    "Workload": "anyqpu.model.calibration",
    "connect": "anyqpu.connecting",
    "resume": "anyqpu.handles",
}

__all__ = [
    "AnyQPUError",
    "BitOrder",
    "Calibration",
    "Counts",
    "Device",
    "DeviceKind",
    "DeviceStatus",
    "Hooks",
    "Job",
    "JobHandle",
    "JobStatus",
    "Limits",
    "Money",
    "Page",
    "Pager",
    "PollPolicy",
    "Pricing",
    "Program",
    "ProgramFormat",
    "Result",
    "ResultItem",
    "ResultKind",
    "RetryPolicy",
    "Search",
    "Session",
    "SessionStatus",
    "Technology",
    "Timeouts",
    "Workload",
    "__version__",
    "connect",
    "errors",
    "resume",
]


def __getattr__(name: str) -> Any:
    if name == "errors":
        return import_module("anyqpu.errors")
    if name not in _PLACES:
        raise AttributeError(f"module 'anyqpu' has no attribute {name!r}")
    value = getattr(import_module(_PLACES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_PLACES, "errors"])
