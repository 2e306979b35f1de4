"""Every object as JSON: which keys it has, and that they stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from anyqpu.model.calibration import Calibration, Topology
from anyqpu.model.cost import CostEstimate
from anyqpu.model.device import Device
from anyqpu.model.job import Job
from anyqpu.model.money import Money, Pricing
from anyqpu.model.reservation import AvailableSlot, BookingRules, Reservation
from anyqpu.model.result import Result, ResultItem
from anyqpu.model.session import Session
from anyqpu_cli.output import show_json


def print_json(value: object, *, line: bool = False) -> None:
    """Print a value as JSON; `line` is for one that is followed by others."""
    show_json(value, line=line)


def moment(time: datetime | None) -> str | None:
    """A time in UTC, as RFC 3339 writes it."""
    return None if time is None else time.isoformat().replace("+00:00", "Z")


def seconds(duration: timedelta | None) -> float | None:
    """A duration in seconds."""
    return None if duration is None else duration.total_seconds()


def money(amount: Money | None) -> dict[str, str] | None:
    """An amount as exact text with its currency."""
    return None if amount is None else {"amount": f"{amount.amount:f}", "currency": amount.currency}


def target_of(device: Device) -> str:
    """What `--device` takes: people call Scaleway's platforms by their names."""
    return f"{device.provider}:{device.name if device.provider == 'scaleway' else device.id}"


def of_device(device: Device) -> dict[str, Any]:
    """A device."""
    return {
        "id": device.id,
        "provider": device.provider,
        "target": target_of(device),
        "name": device.name,
        "vendor": device.vendor,
        "kind": device.kind,
        "technology": device.technology,
        "status": device.status,
        "raw_status": device.raw_status,
        "num_qubits": device.num_qubits,
        "shots_max": device.shots_max,
        "queue_depth": device.queue_depth,
        "average_wait": seconds(device.average_wait),
        "is_bookable": device.is_bookable,
        "pricing": of_pricing(device.pricing),
        "input_formats": list(device.input_formats),
        "formats": list(device.formats),
    }


def of_whole_device(device: Device, topology: Topology | None, calibration: Calibration | None) -> dict[str, Any]:
    """A device with what is known of its qubits."""
    own = ("native_id", "cloud", "accepting_jobs", "processing_jobs", "shots_min", "max_circuits", "supports_sessions")
    more = ("location", "description", "documentation_url")
    windows = [{"granularity": each.granularity, "start": each.start, "end": each.end} for each in device.availability]
    return {
        **of_device(device),
        **{name: getattr(device, name) for name in (*own, *more)},
        "availability": windows,
        "booking_rules": None if device.booking_rules is None else of_rules(device.booking_rules),
        "topology": None if topology is None else of_topology(topology),
        "calibration": None if calibration is None else of_calibration(calibration),
    }


def of_rules(rules: BookingRules) -> dict[str, Any]:
    """What a reservation must keep to."""
    lengths = ("min_duration", "max_duration", "min_notice", "max_notice", "max_cancellation")
    return {name: seconds(getattr(rules, name)) for name in lengths} | {
        "max_per_day": rules.max_per_day,
        "max_per_week": rules.max_per_week,
    }


def of_topology(topology: Topology) -> dict[str, Any]:
    """Qubits, and the pairs that can be coupled."""
    return {
        "nodes": list(topology.nodes),
        "edges": [list(edge) for edge in topology.edges],
        "family": topology.family,
        "positions": None if topology.positions is None else [list(place) for place in topology.positions],
    }


def of_calibration(calibration: Calibration) -> dict[str, Any]:
    """What was measured; `data`, the cloud's own form, only where anyqpu does not read it."""
    return {
        "effective_at": moment(calibration.effective_at),
        "sites": [
            {
                "operation": each.operation,
                "nodes": list(each.nodes),
                "name": each.name,
                "value": each.value,
                "error": each.error,
                "parameters": list(each.parameters),
                "measured_at": moment(each.measured_at),
            }
            for each in calibration.sites
        ],
        "data": None if calibration.sites else dict(calibration.data),
    }


def of_pricing(pricing: Pricing | None) -> dict[str, Any] | None:
    """What a device costs."""
    if pricing is None:
        return None
    return {
        "per_hour": money(pricing.per_hour),
        "per_circuit": money(pricing.per_circuit),
        "per_shot": money(pricing.per_shot),
        "model": pricing.model,
    }


def of_estimate(cost: CostEstimate) -> dict[str, Any]:
    """What a job would cost."""
    return {
        "total": money(cost.total),
        "lines": [
            {
                "what": line.what,
                "quantity": f"{line.quantity:f}",
                "unit": line.unit,
                "price": money(line.price),
                "amount": money(line.amount),
            }
            for line in cost.lines
        ],
        "reason_unknown": cost.reason_unknown,
    }


def of_job(job: Job) -> dict[str, Any]:
    """A job."""
    return {
        "handle": str(job.handle),
        "id": job.id,
        "provider": job.provider,
        "kind": job.kind,
        "device": job.device_id,
        "session": job.session_id,
        "name": job.name,
        "tags": list(job.tags),
        "status": job.status,
        "raw_status": job.raw_status,
        "status_message": job.status_message,
        "queue_position": job.queue_position,
        "progress": job.progress,
        "shots": job.shots,
        "created_at": moment(job.created_at),
        "started_at": moment(job.started_at),
        "ended_at": moment(job.ended_at),
        "execution_time": seconds(job.execution_time),
        "failure": None if job.failure is None else {"kind": job.failure.kind, "messages": list(job.failure.messages)},
    }


def of_result(job: Job, result: Result) -> dict[str, Any]:
    """A job with its result. `counts` has those of each circuit, `items` whatever a circuit gave."""
    counts = [None if item.counts is None else dict(item.counts) for item in result.items]
    return of_job(job) | {"counts": counts, "items": [of_item(item) for item in result.items]}


def of_item(item: ResultItem) -> dict[str, Any]:
    """The result of one circuit; what there is besides `kind` depends on it."""
    found: dict[str, Any] = {"kind": item.kind, "success": item.success, "error": item.error}
    if item.counts is not None:
        found |= {"counts": dict(item.counts), "shots": item.counts.shots, "order": item.counts.order}
        found["bit_labels"] = None if item.counts.bit_labels is None else list(item.counts.bit_labels)
    if item.registers is not None:
        found["registers"] = {name: dict(counts) for name, counts in item.registers.items()}
    if item.statevector is not None:
        found["statevector"] = [_pair(each) for each in item.statevector]
    if item.amplitudes is not None:
        found["amplitudes"] = {key: _pair(each) for key, each in item.amplitudes.items()}
    for name in ("probabilities", "fock", "expectation", "deviation"):
        if (value := getattr(item, name)) is not None:
            found[name] = value
    if item.samples is not None:
        found["samples"] = list(item.samples)
    return found


def _pair(number: complex) -> list[float]:
    return [number.real, number.imag]


def of_session(session: Session) -> dict[str, Any]:
    """A session."""
    return {
        "id": session.id,
        "provider": session.provider,
        "device": session.device_id,
        "status": session.status,
        "raw_status": session.raw_status,
        "mode": session.mode,
        "accepts_jobs": session.accepts_jobs,
        "waiting_jobs": session.waiting_jobs,
        "finished_jobs": session.finished_jobs,
        "usage": seconds(session.usage),
        "reservation": session.reservation_id,
        "created_at": moment(session.created_at),
        "started_at": moment(session.started_at),
        "closed_at": moment(session.closed_at),
        "expires_at": moment(session.expires_at),
        "tags": list(session.tags),
    }


def of_reservation(reservation: Reservation) -> dict[str, Any]:
    """A reservation."""
    return {
        "id": reservation.id,
        "provider": reservation.provider,
        "device": reservation.device_id,
        "status": reservation.status,
        "start": moment(reservation.start),
        "end": moment(reservation.end),
        "duration": seconds(reservation.duration),
        "price": money(reservation.price),
        "session": reservation.session_id,
        "created_at": moment(reservation.created_at),
        "description": reservation.description,
    }


def of_slot(slot: AvailableSlot) -> dict[str, Any]:
    """A time that can be reserved."""
    return {
        "provider": slot.provider,
        "device": slot.device_id,
        "start": moment(slot.start),
        "end": moment(slot.end),
        "duration": seconds(slot.duration),
        "price": money(slot.price),
    }
