"""The capabilities of a provider, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from anyqpu.model.serialize import Serializable


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities(Serializable):
    """The capabilities of a provider. A method that it does not support raises `UnsupportedOperationError`.

    Attributes:
        jobs: Programs can be submitted.
        job_listing: Past jobs can be listed.
        find: A job can be found by the key that it was submitted with.
        cancel: A job can be cancelled.
        delete: A job can be deleted with its results.
        tags: Jobs can be tagged.
        sessions: Several jobs can share time on a device.
        drain: A session can be closed for new jobs while its present jobs finish.
        reservations: Time on a device can be reserved.
        find_slots: Free times can be listed.
        calibration: A device's calibration can be read.
        past_calibration: Earlier calibrations can be read.
        workloads: There are workloads besides jobs on a device: hybrid processes, workloads, services.
        prices: The provider publishes the prices of its devices.
        instead: For missing capabilities, a sentence on the closest alternative.
    """

    jobs: bool = True
    job_listing: bool = True
    find: bool = True
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
        """Return the names of the capabilities that it has."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name) is True)
