"""Kipu's words for states, and ours. Source: the enums of specs/kipu/final.json, unless said otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from anyqpu.model.job import JobFailure
from anyqpu.model.session import SessionStatus
from anyqpu.model.status import DeviceKind, DeviceStatus, FailureKind, JobStatus, Technology

JOB: Mapping[str, JobStatus] = {
    "UNKNOWN": JobStatus.UNKNOWN,
    "PENDING": JobStatus.QUEUED,
    "RUNNING": JobStatus.RUNNING,
    "CANCELLING": JobStatus.CANCELLING,
    "COMPLETED": JobStatus.COMPLETED,
    "FAILED": JobStatus.FAILED,
    "CANCELLED": JobStatus.CANCELLED,
    "ABORTED": JobStatus.FAILED,
    # Final, and no result comes (source: docstrings of qhub-api 3.3.0, which the overlay follows).
    "DETACHED": JobStatus.FAILED,
}

FAILURE: Mapping[str, JobFailure] = {
    "FAILED": JobFailure(FailureKind.UNKNOWN),
    "ABORTED": JobFailure(FailureKind.NEVER_STARTED),
    "DETACHED": JobFailure(
        FailureKind.PROVIDER_ERROR,
        ("the job outlived the credential with which Kipu reached it: whether it ran is not known",),
    ),
}

SESSION: Mapping[str, SessionStatus] = {
    "UNKNOWN": SessionStatus.UNKNOWN,
    "OPEN": SessionStatus.STARTING,
    "ACTIVE": SessionStatus.ACTIVE,
    "INACTIVE": SessionStatus.IDLE,
    "DRAINING": SessionStatus.DRAINING,
    "CLOSED": SessionStatus.CLOSED,
    "ABORTED": SessionStatus.FAILED,
    "DETACHED": SessionStatus.FAILED,
}

# Whether a usage time stays as it is.
USAGE_IS_FINAL: Mapping[str, bool] = {"PENDING": False, "MEASURED": True, "NOT_MEASURABLE": True}

ACCEPTS_JOBS: Mapping[SessionStatus, bool] = {
    SessionStatus.STARTING: True,
    SessionStatus.ACTIVE: True,
    SessionStatus.IDLE: True,
    SessionStatus.DRAINING: False,
    SessionStatus.CLOSING: False,
    SessionStatus.CLOSED: False,
    SessionStatus.FAILED: False,
}

DEVICE: Mapping[str, DeviceStatus] = {
    "UNKNOWN": DeviceStatus.UNKNOWN,
    "ONLINE": DeviceStatus.ONLINE,
    "PAUSED": DeviceStatus.PAUSED,
    "OFFLINE": DeviceStatus.OFFLINE,
    "RETIRED": DeviceStatus.RETIRED,
}

ACCEPTING: Mapping[DeviceStatus, bool] = {
    DeviceStatus.ONLINE: True,
    DeviceStatus.PAUSED: True,
    DeviceStatus.OFFLINE: False,
    DeviceStatus.RETIRED: False,
}

PROCESSING: Mapping[DeviceStatus, bool] = {**ACCEPTING, DeviceStatus.PAUSED: False}

KIND: Mapping[str, DeviceKind] = {
    "QPU": DeviceKind.QPU,
    "SIMULATOR": DeviceKind.SIMULATOR,
    "ANNEALER": DeviceKind.ANNEALER,
    "UNKNOWN": DeviceKind.UNKNOWN,
}

TECHNOLOGY: Mapping[str, Technology] = {
    "SUPERCONDUCTING": Technology.SUPERCONDUCTING,
    "TRAPPED_ION": Technology.TRAPPED_ION,
    "PHOTONIC": Technology.PHOTONIC,
    "NEUTRAL_ATOMS": Technology.NEUTRAL_ATOM,
    "UNKNOWN": Technology.UNKNOWN,
}

# Which table an enum of the document is classified by: a component, or a field of one.
TABLES: Mapping[str, Mapping[str, object]] = {
    "JobStatus": JOB,
    "SessionStatus": SESSION,
    "UsageTimeState": USAGE_IS_FINAL,
    # As the document has them before our overlay.
    "Job.status": JOB,
    "Session.status": SESSION,
    "BackendStateInfo.status": DEVICE,
    "Backend.type": KIND,
    "Backend.technology": TECHNOLOGY,
}
