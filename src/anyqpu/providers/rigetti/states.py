"""States of jobs and processors. Over ZeroMQ Rigetti has no words for those of jobs, so these are our own."""

from __future__ import annotations

from collections.abc import Mapping

from anyqpu.model.status import DeviceStatus, JobStatus

ACCEPTED = "accepted"
# Its results were requested, and are not there yet. An endpoint does not say whether a program waits or runs.
EXECUTING = "executing"
EXECUTED = "executed"
FAILED = "failed"

JOB: Mapping[str, JobStatus] = {
    ACCEPTED: JobStatus.RUNNING,
    EXECUTING: JobStatus.RUNNING,
    EXECUTED: JobStatus.COMPLETED,
    FAILED: JobStatus.FAILED,
}

# Over gRPC there are words, those of GetControllerJobStatus.
GRPC_JOB: Mapping[str, JobStatus] = {
    "UNKNOWN": JobStatus.UNKNOWN,
    "QUEUED": JobStatus.QUEUED,
    "RUNNING": JobStatus.RUNNING,
    "POST_PROCESSING": JobStatus.RUNNING,
    "SUCCEEDED": JobStatus.COMPLETED,
    "FAILED": JobStatus.FAILED,
    "CANCELED": JobStatus.CANCELLED,
}

# By `healthy` of a processor's default endpoint.
DEVICE: Mapping[bool, DeviceStatus] = {True: DeviceStatus.ONLINE, False: DeviceStatus.OFFLINE}

# The document has no enum of states.
TABLES: Mapping[str, Mapping[str, object]] = {}
