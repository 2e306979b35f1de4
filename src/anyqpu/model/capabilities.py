"""What a cloud can do, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What the operations of a cloud allow. A method for what it does not have raises `UnsupportedOperationError`.

    Attributes:
        jobs: Programs can be submitted.
        job_listing: Past jobs can be listed.
        cancel: A job can be cancelled.
        delete: A job can be deleted with its results.
        tags: Jobs can be tagged.
        sessions: Several jobs can share time on a device.
        drain: A session can be kept from taking new jobs, while those it has finish.
        reservations: Time on a device can be set aside.
        find_slots: Free times can be asked for.
        calibration: A device's calibration can be read.
        past_calibration: Also as it was at an earlier time.
        workloads: Something runs besides jobs on a device: hybrid processes, workloads, services.
        prices: The cloud says what its devices cost.
        instead: For what it does not have, the nearest thing that it has, in a sentence.
    """

    jobs: bool = True
    job_listing: bool = True
    cancel: bool = True
    delete: bool = False
    tags: bool = False
    sessions: bool = False
    drain: bool = False
    reservations: bool = False
    find_slots: bool = False
    calibration: bool = False
    past_calibration: bool = False
    workloads: bool = False
    prices: bool = False
    instead: Mapping[str, str] = field(default_factory=dict[str, str])

    def names(self) -> tuple[str, ...]:
        """What it has, by the names of the attributes."""
        return tuple(each.name for each in fields(self) if getattr(self, each.name) is True)
