"""Pasqal's words for states, and ours. Source: the enums of specs/pasqal/final.json.

The live service has words that its document lacks, such as CANCELING; those that are known are in the overlay.
"""

from __future__ import annotations

from collections.abc import Mapping

from anyqpu.model.session import SessionStatus
from anyqpu.model.status import DeviceStatus, JobStatus

JOB: Mapping[str, JobStatus] = {
    "PENDING": JobStatus.QUEUED,
    "RUNNING": JobStatus.RUNNING,
    "CANCELING": JobStatus.CANCELLING,
    "CANCELED": JobStatus.CANCELLED,
    "DONE": JobStatus.COMPLETED,
    "ERROR": JobStatus.FAILED,
}

# Of a batch, in the words for jobs.
BATCH_JOB: Mapping[str, JobStatus] = {
    **JOB,
    "PAUSED": JobStatus.PAUSED,
    "TIMED_OUT": JobStatus.TIMED_OUT,
}

# Of a batch that takes jobs; one that was closed drains as long as it has not ended.
BATCH: Mapping[str, SessionStatus] = {
    "PENDING": SessionStatus.STARTING,
    "RUNNING": SessionStatus.ACTIVE,
    "PAUSED": SessionStatus.IDLE,
    "CANCELING": SessionStatus.CLOSING,
    "CANCELED": SessionStatus.CLOSED,
    "TIMED_OUT": SessionStatus.CLOSED,
    "DONE": SessionStatus.CLOSED,
    "ERROR": SessionStatus.FAILED,
}
TAKES_JOBS = {SessionStatus.STARTING, SessionStatus.ACTIVE, SessionStatus.IDLE}

DEVICE: Mapping[str, DeviceStatus] = {"UP": DeviceStatus.ONLINE, "DOWN": DeviceStatus.OFFLINE}

# Which table an enum of the document is classified by: a component.
TABLES: Mapping[str, Mapping[str, object]] = {"JobStatus": JOB, "BatchStatus": BATCH, "DeviceStatus": DEVICE}
