"""Wait for a reservation: until it is confirmed, its window begins, or its window ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from anyqpu._lazy import LazyModule
from anyqpu.core.arguments import checked_object, is_one_of, is_text, shown
from anyqpu.core.checks import check_timeout
from anyqpu.errors import ConflictError, ValidationError
from anyqpu.model.polling import PollPolicy
from anyqpu.model.reservation import Reservation, ReservationStatus
from anyqpu.transport import exchange
from anyqpu.waiting import Phase, Subject, poll_until

if TYPE_CHECKING:
    from anyqpu.core import reading
    from anyqpu.core.adapter import ReservationAdapter
    from anyqpu.core.context import AnyContext
else:
    reading = LazyModule("anyqpu.core.reading")

Until = Literal["confirmed", "start", "end"]
CHOICES = ("confirmed", "start", "end")
REFUSED = frozenset({ReservationStatus.CANCELLING, ReservationStatus.CANCELLED, ReservationStatus.FAILED})
# Of the time that is left until a window begins or ends, the longest share to sleep through.
SHARE_OF_REST = 0.1


async def wait(
    reservations: ReservationAdapter,
    reservation: str | Reservation,
    context: AnyContext,
    *,
    until: Until = "confirmed",
    timeout: float | None = None,
    poll: PollPolicy | None = None,
    on_update: Callable[[Reservation], object] | None = None,
) -> Reservation:
    """Return a reservation once it is confirmed, its window has begun, or its window has ended.

    Raises:
        ValidationError: `until` is something else.
        WaitTimeoutError: The time is over; the reservation stays.
        ConflictError: It was cancelled or refused.
    """
    provider, clock = context.provider, context.clock
    check_timeout(timeout, provider)
    if not is_one_of(until, CHOICES):
        problem = f"until must be 'confirmed', 'start' or 'end', not {shown(until)}"
        raise ValidationError(problem, provider=provider, fields=("until",))
    if poll is not None:
        checked_object(poll, PollPolicy, "poll", provider)
    id = reservation.id if isinstance(reservation, Reservation) else reservation
    name = f"reservation {id if is_text(id) else shown(id)}"
    last: Reservation | None = reservation if isinstance(reservation, Reservation) else None

    async def fetch() -> Reservation:
        nonlocal last
        last = await (reservations.get(id) if last is None else reservations.refresh(last))
        if until != "confirmed" and not last.status_recognized and _edge(last, until) is None:
            raise reading.odd_response(provider, f"{name} has no {until}")
        return last

    def phase(seen: Reservation) -> Phase:
        if seen.status in REFUSED or _is_reached(seen, until, clock.wall()):
            return Phase.DONE
        return Phase.QUEUED if seen.status_recognized else Phase.UNKNOWN

    def rest() -> timedelta | None:
        edge = None if last is None or until == "confirmed" else _edge(last, until)
        return None if edge is None else edge - clock.wall()

    subject = Subject[Reservation](
        name=name,
        # A window begins and ends without a change of the provider's own status.
        state=lambda seen: (seen.raw_status, seen.status, phase(seen)),
        phase=phase,
        status=lambda seen: seen.status,
        raw_status=lambda seen: seen.raw_status,
        details=lambda seen: {"provider": provider, "hint": "the reservation stays; wait for it again, or cancel it"},
    )
    policy = poll or context.poll
    settled = await poll_until(
        fetch,
        subject,
        policy=_UntilEdge.of(policy, rest),
        clock=clock,
        timeout=timeout,
        on_update=on_update,
    )
    if settled.status in REFUSED:
        raise ConflictError(
            f"{name} is {settled.status}" + (f": {settled.status_message}" if settled.status_message else ""),
            provider=provider,
            operation=exchange.details(provider).get("operation"),
            hint="Reserve another time",
        )
    return settled


def _is_reached(reservation: Reservation, until: Until, now: datetime) -> bool:
    status = reservation.status
    if until == "confirmed":
        return status not in {ReservationStatus.PENDING, ReservationStatus.UNKNOWN}
    if status is ReservationStatus.COMPLETED or (status is ReservationStatus.ACTIVE and until == "start"):
        return True
    # Where a provider does not say it, the clock does, but for a reservation that was never confirmed.
    edge = _edge(reservation, until)
    confirmed = status in {ReservationStatus.CONFIRMED, ReservationStatus.ACTIVE}
    return reservation.raw_status is None and confirmed and edge is not None and now >= edge


def _edge(reservation: Reservation, until: Until) -> datetime | None:
    return reservation.start if until == "start" else reservation.end


def _no_rest() -> timedelta | None:
    return None


@dataclass(frozen=True, slots=True)
class _UntilEdge(PollPolicy):
    """A policy that sleeps through a share of the time that is left, and not past the edge of a window."""

    usual: PollPolicy = field(default_factory=PollPolicy)
    rest: Callable[[], timedelta | None] = _no_rest

    @classmethod
    def of(cls, usual: PollPolicy, rest: Callable[[], timedelta | None]) -> _UntilEdge:
        """Return a policy with the limits of another one."""
        same: dict[str, Any] = {field.name: getattr(usual, field.name) for field in fields(PollPolicy)}
        return cls(**same, usual=usual, rest=rest)

    def interval(self, elapsed: float, *, at_least: float | None = None) -> float:
        """Return the seconds until the next poll."""
        rest = self.rest()
        if rest is None:
            return self.usual.interval(elapsed, at_least=at_least)
        left = rest.total_seconds()
        if left <= 0:
            # From the edge on, as often as after a change of the status.
            return self.usual.interval(min(elapsed, -left), at_least=at_least)
        sleep = max(self.usual.interval(elapsed, at_least=at_least), SHARE_OF_REST * left)
        return max(min(sleep, left), self.floor * (1 - self.jitter), at_least or 0.0)
