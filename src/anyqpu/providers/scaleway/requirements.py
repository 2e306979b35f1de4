"""Requirements of a booking: its window, and the platform's rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta

from anyqpu_raw.scaleway.models import CreateSessionBodyBookingDemand

from anyqpu.errors import ValidationError
from anyqpu.model.device import Device
from anyqpu.model.polling import PollPolicy

_USUAL, _FAR = PollPolicy(), datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class BookingDemand:
    """A window in which a session has its platform to itself.

    Raises `ValidationError` for times without a zone, and for an end that is not after the start.

    Attributes:
        start: When it begins.
        end: When it ends.
        description: For people.
        time_zone: The zone that people think of it in, such as `Europe/Paris`; the times have their own.
    """

    start: datetime
    end: datetime
    description: str | None = None
    time_zone: str | None = None

    def __post_init__(self) -> None:
        for name in ("start", "end"):
            if getattr(self, name).utcoffset() is None:
                raise ValidationError(
                    f"{name} of a booking has no time zone",
                    provider="scaleway",
                    hint="Such as datetime.now(timezone.utc)",
                    fields=(name,),
                )
        if self.end <= self.start:
            raise ValidationError("a booking ends after it starts", provider="scaleway", fields=("start", "end"))

    @property
    def duration(self) -> timedelta:
        """How long the window is."""
        return self.end - self.start

    def body(self) -> CreateSessionBodyBookingDemand:
        """Return the window as the API takes it."""
        demand = CreateSessionBodyBookingDemand(
            started_at=self.start, finished_at=self.end, time_zone=self.time_zone or "UTC"
        )
        if self.description is not None:
            demand.description = self.description
        return demand


def check_demand(demand: BookingDemand, device: Device, now: datetime) -> None:
    """Raise `ValidationError` for what a device's rules do not allow; its limits per day and week are the cloud's."""
    problem, field = None, "start"
    rules, length, notice = device.booking_rules, demand.duration, demand.start - now
    if device.is_bookable is False:
        problem, field = "cannot be booked", "device"
    elif demand.end <= now:
        problem, field = f"cannot be booked for the past, until {demand.end}", "end"
    elif rules is None:
        return
    elif rules.min_duration is not None and length < rules.min_duration:
        problem, field = f"is booked for {rules.min_duration} or longer, not for {length}", "end"
    elif rules.max_duration is not None and length > rules.max_duration:
        problem, field = f"is booked for at most {rules.max_duration}, not for {length}", "end"
    elif rules.min_notice is not None and notice < rules.min_notice:
        problem = f"is booked at least {rules.min_notice} ahead"
    elif rules.max_notice is not None and notice > rules.max_notice:
        problem = f"is booked at most {rules.max_notice} ahead"
    if problem is not None:
        raise ValidationError(f"{device.name} {problem}", provider="scaleway", fields=(field,))


def utc_now() -> datetime:
    """Return the current time."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _NotPast(PollPolicy):
    """A policy that does not sleep past a time: what is booked costs from its start."""

    usual: PollPolicy = _USUAL
    time: datetime = _FAR
    wall: Callable[[], datetime] = utc_now

    def interval(self, elapsed: float, *, at_least: float | None = None) -> float:
        left = (self.time - self.wall()).total_seconds()
        if left <= 0:
            # From then on as often as at the beginning of a wait.
            return self.usual.interval(min(elapsed, -left), at_least=at_least)
        sleep = self.usual.interval(elapsed, at_least=at_least)
        return max(min(sleep, left), self.floor * (1 - self.jitter), at_least or 0.0)


def not_past(policy: PollPolicy, time: datetime | None, wall: Callable[[], datetime] = utc_now) -> PollPolicy:
    """Return a policy with a poll at a time by `wall`."""
    if time is None:
        return policy
    same = {field.name: getattr(policy, field.name) for field in fields(PollPolicy)}
    return _NotPast(**same, usual=policy, time=time, wall=wall)
