"""States at Rigetti. Of jobs the cloud has no words, so that these are this library's own."""

from __future__ import annotations

from collections.abc import Mapping

from anyqpu.model.status import DeviceStatus, JobStatus

ACCEPTED = "accepted"
# Asked for, and not there yet. The endpoint does not tell whether a program waits or runs.
EXECUTING = "executing"
EXECUTED = "executed"
FAILED = "failed"

JOB: Mapping[str, JobStatus] = {
    ACCEPTED: JobStatus.RUNNING,
    EXECUTING: JobStatus.RUNNING,
    EXECUTED: JobStatus.COMPLETED,
    FAILED: JobStatus.FAILED,
}

# What `healthy` of a processor's default endpoint says.
DEVICE: Mapping[bool, DeviceStatus] = {True: DeviceStatus.ONLINE, False: DeviceStatus.OFFLINE}

# The document has no enum that says where something stands.
TABLES: Mapping[str, Mapping[str, object]] = {}
