"""What only Kipu has: programs as it keeps them, and machine time that was paid in advance."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from anyqpu.model.program import Program
from anyqpu.model.serialize import Serializable


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedProgram(Serializable):
    """A program of a job, in OpenQASM.

    Attributes:
        name: The name that it was submitted with.
        shots: How often it runs; None if Kipu does not say.
        raw: Kipu's description, which may have observables and values of parameters, as a generated model.
    """

    program: Program
    name: str | None = None
    shots: int | None = None
    raw: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuntimeAllowance(Serializable):
    """Machine time that was paid in advance; None where Kipu does not say.

    Attributes:
        cloud: The cloud whose backends it is for, in Kipu's words, such as `"IBM"`.
        device_ids: The backends that it is for; none if Kipu names none.
        allocated: The time that was paid.
        consumed: The time that was used.
        remaining: The time that is left.
        limit_reached: Whether nothing is left.
        raw: Kipu's description, as a generated model.
    """

    id: str | None
    cloud: str | None
    device_ids: tuple[str, ...] = ()
    allocated: timedelta | None = None
    consumed: timedelta | None = None
    remaining: timedelta | None = None
    limit_reached: bool | None = None
    raw: Any = field(default=None, repr=False, compare=False)
