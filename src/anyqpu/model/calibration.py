"""How well a device works, as its cloud last measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A calibration of a device.

    Attributes:
        effective_at: When it was measured, in UTC; None if the cloud does not say.
        source: `device`, or `job` for the calibration that a job ran with.
        data: What was measured, in the cloud's own form.
        raw: The cloud's own answer, as a generated model.
    """

    provider: str
    device_id: str | None
    effective_at: datetime | None
    source: str
    data: Mapping[str, Any]
    raw: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """An entry of a list that has jobs and sessions in it.

    Attributes:
        kind: `job` or `session`, or the cloud's own word in lower case.
        status: A `JobStatus` or a `SessionStatus`, according to `kind`.
    """

    provider: str
    id: str
    kind: str
    device_id: str | None
    status: str
    raw_status: str
    created_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    raw: Any = field(default=None, repr=False, compare=False)
