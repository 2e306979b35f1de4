"""Statuses of jobs and devices, common to all providers."""

from __future__ import annotations

from enum import StrEnum


class JobStatus(StrEnum):
    """The status of a job. The provider's value is in `Job.raw_status`."""

    UNKNOWN = "unknown"
    """The provider gives none, or one that this version does not know."""
    QUEUED = "queued"
    PAUSED = "paused"
    RUNNING = "running"
    CANCELLING = "cancelling"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    TIMED_OUT = "timed_out"

    @property
    def is_terminal(self) -> bool:
        """Whether this status is final."""
        return self in _TERMINAL

    @property
    def is_success(self) -> bool:
        """Whether the job completed."""
        return self is JobStatus.COMPLETED


_TERMINAL = frozenset({JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED, JobStatus.TIMED_OUT})


class FailureKind(StrEnum):
    """The kind of a job's failure, as far as the provider gives it."""

    PROVIDER_ERROR = "provider_error"
    INVALID_PROGRAM = "invalid_program"
    NEVER_STARTED = "never_started"
    TIMED_OUT = "timed_out"
    OUT_OF_CREDIT = "out_of_credit"
    UNKNOWN = "unknown"


class DeviceStatus(StrEnum):
    """The status of a device. The provider's value is in `Device.raw_status`."""

    ONLINE = "online"
    LIMITED = "limited"
    """Near its capacity."""
    PAUSED = "paused"
    """Accepts jobs, but does not run them now."""
    MAINTENANCE = "maintenance"
    OFFLINE = "offline"
    RETIRED = "retired"
    UNKNOWN = "unknown"


class DeviceKind(StrEnum):
    """The kind of a device."""

    QPU = "qpu"
    SIMULATOR = "simulator"
    ANNEALER = "annealer"
    UNKNOWN = "unknown"


class Technology(StrEnum):
    """The technology of a device's qubits."""

    SUPERCONDUCTING = "superconducting"
    TRAPPED_ION = "trapped_ion"
    PHOTONIC = "photonic"
    NEUTRAL_ATOM = "neutral_atom"
    GENERAL_PURPOSE = "general_purpose"
    """A classical computer: a simulator of any kind of qubit."""
    UNKNOWN = "unknown"
