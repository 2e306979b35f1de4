"""Scaleway's words for states, and ours. Source: the enums of specs/scaleway/final.json."""

from __future__ import annotations

from collections.abc import Mapping

from anyqpu.model.reservation import ReservationStatus
from anyqpu.model.session import SessionStatus
from anyqpu.model.status import DeviceKind, DeviceStatus, JobStatus, Technology

JOB: Mapping[str, JobStatus] = {
    "unknown_status": JobStatus.UNKNOWN,
    "waiting": JobStatus.QUEUED,
    "running": JobStatus.RUNNING,
    "completed": JobStatus.COMPLETED,
    "cancelling": JobStatus.CANCELLING,
    "cancelled": JobStatus.CANCELLED,
    "error": JobStatus.FAILED,
}

PROCESS: Mapping[str, JobStatus] = {
    "unknown_status": JobStatus.UNKNOWN,
    "starting": JobStatus.QUEUED,
    "running": JobStatus.RUNNING,
    "completed": JobStatus.COMPLETED,
    "cancelling": JobStatus.CANCELLING,
    "cancelled": JobStatus.CANCELLED,
    "error": JobStatus.FAILED,
}

# What a validated booking is beyond that, the clock says.
BOOKING: Mapping[str, ReservationStatus] = {
    "unknown_status": ReservationStatus.UNKNOWN,
    "waiting": ReservationStatus.PENDING,
    "validating": ReservationStatus.PENDING,
    "validated": ReservationStatus.CONFIRMED,
    "cancelling": ReservationStatus.CANCELLING,
    "cancelled": ReservationStatus.CANCELLED,
    "error": ReservationStatus.FAILED,
}

SESSION: Mapping[str, SessionStatus] = {
    "unknown_status": SessionStatus.UNKNOWN,
    "starting": SessionStatus.STARTING,
    "running": SessionStatus.ACTIVE,
    "stopping": SessionStatus.CLOSING,
    "stopped": SessionStatus.CLOSED,
}

# "Shortage" is Scaleway's word, elsewhere too, for a product of which none is left.
DEVICE: Mapping[str, DeviceStatus] = {
    "unknown_availability": DeviceStatus.UNKNOWN,
    "available": DeviceStatus.ONLINE,
    "scarce": DeviceStatus.LIMITED,
    "shortage": DeviceStatus.OFFLINE,
    "maintenance": DeviceStatus.MAINTENANCE,
}

KIND: Mapping[str, DeviceKind] = {
    "unknown_type": DeviceKind.UNKNOWN,
    "qpu": DeviceKind.QPU,
    "simulator": DeviceKind.SIMULATOR,
}

TECHNOLOGY: Mapping[str, Technology] = {
    "unknown_technology": Technology.UNKNOWN,
    "superconducting": Technology.SUPERCONDUCTING,
    "trapped_ion": Technology.TRAPPED_ION,
    "photonic": Technology.PHOTONIC,
    "neutral_atom": Technology.NEUTRAL_ATOM,
    "general_purpose": Technology.GENERAL_PURPOSE,
}

USABLE = {DeviceStatus.ONLINE, DeviceStatus.LIMITED}

# Which table an enum of the document is classified by: a field of a component.
TABLES: Mapping[str, Mapping[str, object]] = {
    "scaleway.qaas.v1alpha1.Job.status": JOB,
    "scaleway.qaas.v1alpha1.Session.status": SESSION,
    "scaleway.qaas.v1alpha1.Process.status": PROCESS,
    "scaleway.qaas.v1alpha1.Booking.status": BOOKING,
    "scaleway.qaas.v1alpha1.Platform.availability": DEVICE,
    "scaleway.qaas.v1alpha1.Platform.type": KIND,
    "scaleway.qaas.v1alpha1.Platform.technology": TECHNOLOGY,
}
