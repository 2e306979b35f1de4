"""States of jobs and devices, the same words for every cloud."""

from __future__ import annotations

from enum import StrEnum


class JobStatus(StrEnum):
    """Where a job stands. The cloud's own word is in `Job.raw_status`."""

    UNKNOWN = "unknown"
    """The cloud does not say, or says a word that this version does not know."""
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
        """Whether the job will not change any more."""
        return self in _TERMINAL

    @property
    def is_success(self) -> bool:
        """Whether the job did what it was asked to."""
        return self is JobStatus.COMPLETED


_TERMINAL = frozenset({JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED, JobStatus.TIMED_OUT})


class FailureKind(StrEnum):
    """Why a job failed, as far as the cloud says."""

    PROVIDER_ERROR = "provider_error"
    INVALID_PROGRAM = "invalid_program"
    NEVER_STARTED = "never_started"
    TIMED_OUT = "timed_out"
    OUT_OF_CREDIT = "out_of_credit"
    UNKNOWN = "unknown"


class DeviceStatus(StrEnum):
    """Whether a device can be used. The cloud's own word is in `Device.raw_status`."""

    ONLINE = "online"
    LIMITED = "limited"
    """In use to near its capacity."""
    PAUSED = "paused"
    """Takes jobs, but does not run them now."""
    MAINTENANCE = "maintenance"
    OFFLINE = "offline"
    RETIRED = "retired"
    UNKNOWN = "unknown"


class DeviceKind(StrEnum):
    """What sort of device it is."""

    QPU = "qpu"
    SIMULATOR = "simulator"
    ANNEALER = "annealer"
    UNKNOWN = "unknown"


class Technology(StrEnum):
    """What the qubits are made of."""

    SUPERCONDUCTING = "superconducting"
    TRAPPED_ION = "trapped_ion"
    PHOTONIC = "photonic"
    NEUTRAL_ATOM = "neutral_atom"
    GENERAL_PURPOSE = "general_purpose"
    """A classical computer: a simulator that is not tied to one kind of qubit."""
    UNKNOWN = "unknown"
