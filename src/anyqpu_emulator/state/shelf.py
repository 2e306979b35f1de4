"""Records in memory that tell when they change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from anyqpu_emulator.kept import Kept
from anyqpu_emulator.work import Compute

from .codec import Codec

if TYPE_CHECKING:
    from .ledger import Ledger

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Kind(Generic[V]):
    """How records of one kind are kept.

    `make` is their dataclass, None for plain values; `skip` are fields that follow from other records. Those with a
    field `job` say by `work`, from their other fields and the job's seed, what is to be computed again if need be.
    """

    name: str
    make: Callable[..., V] | None = None
    codec: Codec = field(default_factory=Codec)
    skip: frozenset[str] = frozenset()
    work: Callable[[Mapping[str, Any], list[int]], Compute] | None = None


class Shelf(dict[str, V], Generic[V]):
    """A dict whose changes, and those of the records in it, a ledger learns of."""

    def __init__(self, kind: Kind[V], ledger: Ledger, items: Iterable[tuple[str, V]] = ()) -> None:
        """Begin with what is known already."""
        super().__init__(items)
        self.kind = kind
        self._ledger = ledger
        for key, value in self.items():
            self._watch(key, value)

    def __setitem__(self, key: str, value: V) -> None:
        super().__setitem__(key, value)
        self._watch(key, value)
        self._ledger.note(self.kind.name, key)

    def __delitem__(self, key: str) -> None:
        super().__delitem__(key)
        self._ledger.note(self.kind.name, key)

    def discard(self, key: str) -> V | None:
        """Take something out that may not be there."""
        value = self.get(key)
        if key in self:
            del self[key]
        return value

    def _watch(self, key: str, value: V) -> None:
        if not self._ledger.keeps:
            return

        def tell() -> None:
            # A record that was taken out is nobody's business any more.
            if self.get(key) is value:
                self._ledger.note(self.kind.name, key)

        for part in (value, getattr(value, "job", None)):
            if isinstance(part, Kept):
                part.watch(tell)
