"""What a client remembers of its cloud's devices, sessions and batches: bounded, and not for ever."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from anyqpu._lazy import LazyModule

if TYPE_CHECKING:
    from anyqpu.transport import single_flight
    from anyqpu.waiting import Clock
else:
    single_flight = LazyModule("anyqpu.transport.single_flight")

T = TypeVar("T")

# Far more devices, or sessions in use at the same time, than an account has, and a few megabytes at most.
ENTRIES = 1000
# Prices and limits of devices change by the day, but a client may run for weeks. A request in five minutes costs
# the cloud little, and a job is rarely submitted by facts that are older than its program.
DEVICE_SECONDS = 300.0


class Memory(Generic[T]):
    """Facts by their identifiers; the ones that were not used for longest leave first.

    Requests are single-flight: tasks that need the same fact at the same time share one. Failures are not
    cached.
    """

    def __init__(self, clock: Clock, *, seconds: float | None = None, entries: int = ENTRIES) -> None:
        """Make an empty memory.

        Args:
            clock: The client's clock.
            seconds: Age at which a fact is looked up again; None for facts that cannot change.
            entries: Most facts that are kept.
        """
        self._clock = clock
        self._seconds = seconds
        self._entries = entries
        self._facts: OrderedDict[str, tuple[T, float]] = OrderedDict()
        self._flights: dict[str, single_flight.SingleFlight[T]] = {}

    def __len__(self) -> int:
        return len(self._facts)

    def __contains__(self, id: object) -> bool:
        """Whether a fact is remembered and not too old."""
        return isinstance(id, str) and self._entry(id) is not None

    def get(self, id: object) -> T | None:
        """Return a fact that is remembered and not too old; None for any other, and for an odd identifier."""
        entry = self._entry(id) if isinstance(id, str) else None
        return None if entry is None else entry[0]

    def put(self, id: object, fact: T) -> T:
        """Remember a fact, unless its identifier is odd, and return it."""
        if not isinstance(id, str):
            return fact
        # Facts that cannot change are also read where no event loop runs, and so without its clock.
        self._facts[id] = fact, 0.0 if self._seconds is None else self._clock.now()
        self._facts.move_to_end(id)
        while len(self._facts) > self._entries:
            self._facts.popitem(last=False)
        return fact

    async def look_up(self, id: str, call: Callable[[], Awaitable[T]]) -> T:
        """Return a fact that is remembered, or else what the call returns; raises what the call raises."""
        entry = self._entry(id)
        if entry is not None:
            return entry[0]

        async def remembered() -> T:
            return self.put(id, await call())

        flight = self._flights.setdefault(id, single_flight.SingleFlight())
        try:
            return await flight.run(remembered)
        finally:
            if not flight.is_busy and self._flights.get(id) is flight:
                del self._flights[id]

    def discard(self, is_wrong: Callable[[T], bool]) -> None:
        """Forget the facts for which a function returns True."""
        for id in [id for id, (fact, _) in self._facts.items() if is_wrong(fact)]:
            del self._facts[id]

    def clear(self) -> None:
        """Forget everything."""
        self._facts.clear()

    def _entry(self, id: str) -> tuple[T, float] | None:
        entry = self._facts.get(id)
        if entry is None:
            return None
        if self._seconds is not None and self._clock.now() - entry[1] >= self._seconds:
            del self._facts[id]
            return None
        self._facts.move_to_end(id)
        return entry
