"""Measured bit strings and their counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from numbers import Integral
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from anyqpu._json import VERSION, json_value
from anyqpu.errors import BitOrderUnknownError, ValidationError
from anyqpu.model.json_reading import read_value
from anyqpu.model.pictured import HtmlRepr, pictures
from anyqpu.model.serialize import JsonForm, check_version

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


class BitOrder(StrEnum):
    """The end of a bit string where bit 0 is."""

    MSB_LEFT = "msb_left"
    """Bit 0 is the rightmost character, as in Qiskit. The default for gate-model results."""
    LSB_LEFT = "lsb_left"
    """Bit 0 is the leftmost character, as in Cirq and Braket."""
    NATIVE_REGISTER = "native_register"
    """The order of the register of an analog device; `bit_labels` names its sites where they are known."""
    UNKNOWN = "unknown"
    """The provider does not specify it. Converting raises `BitOrderUnknownError`."""


class Counts(Mapping[str, int], HtmlRepr, JsonForm):
    """Counts of measured bit strings: a read-only mapping, largest count first.

    Attributes:
        shots: Number of shots: the sum of all counts.
        order: The end of the keys where bit 0 is.
        bit_labels: Names of the bits, in the order of the keys' characters; None where the provider names none.
    """

    __slots__ = ("_data", "bit_labels", "order", "shots")

    _data: dict[str, int]
    bit_labels: tuple[str, ...] | None
    order: BitOrder
    shots: int
    _json_more: ClassVar[Mapping[str, Any]] = {
        "counts": Mapping[str, int],
        "shots": int,
        "order": BitOrder,
        "bit_labels": tuple[str, ...] | None,
    }

    def __init__(
        self,
        data: Mapping[str, int],
        *,
        order: BitOrder | str = BitOrder.MSB_LEFT,
        bit_labels: Sequence[str] | None = None,
    ) -> None:
        """Raise `ValidationError` for keys other than bit strings of one length, and for values other than counts."""
        _set = object.__setattr__
        # Set first, so that a traceback can show an object whose construction failed.
        _set(self, "_data", {})
        _set(self, "order", BitOrder(order))
        _set(self, "bit_labels", tuple(bit_labels) if bit_labels is not None else None)
        _set(self, "shots", 0)
        keys: list[object] = list(data)
        if not all(isinstance(key, str) for key in keys):
            raise ValidationError("invalid counts: expected bit strings as keys")
        widths = set(map(len, data))
        if len(widths) > 1 or "".join(data).strip("01"):
            shown = [key[:40] for key in list(data)[:4]]
            raise ValidationError(f"invalid counts: expected bit strings of one length as keys, not {sorted(shown)}")
        if not all(map(_is_count, data.values())):
            raise ValidationError("invalid counts: expected whole numbers from 0 as values")
        if self.bit_labels is not None and widths and len(self.bit_labels) not in widths:
            raise ValidationError(f"{len(self.bit_labels)} bit labels for keys of {widths.pop()} bits")
        _set(self, "_data", dict(sorted(data.items(), key=lambda item: (-item[1], item[0]))))
        _set(self, "shots", sum(data.values()))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"Counts are read-only: cannot set {name!r}")

    def __getitem__(self, key: str) -> int:
        return self._data[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Counts):
            return (self._data, self.order, self.bit_labels) == (other._data, other.order, other.bit_labels)
        return self._data == other

    def __hash__(self) -> int:
        return hash((frozenset(self._data.items()), self.order, self.bit_labels))

    def __repr__(self) -> str:
        return (
            f"Counts({self._data})" if self.order is BitOrder.MSB_LEFT else f"Counts({self._data}, order={self.order})"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self._data, self.order, self.bit_labels)

    @property
    def num_bits(self) -> int:
        """The length of the keys; 0 without any."""
        return len(next(iter(self._data), ""))

    def to(self, order: BitOrder | str) -> Counts:
        """Return the same counts with keys in another order.

        Raises `BitOrderUnknownError` if the order is unknown, or is that of an analog register, which has no bit 0.
        """
        wanted = BitOrder(order)
        if wanted is self.order:
            return self
        ends = {BitOrder.MSB_LEFT, BitOrder.LSB_LEFT}
        if self.order not in ends or wanted not in ends:
            raise BitOrderUnknownError(
                f"cannot turn keys from order {self.order} to {wanted}",
                hint="If you know the order, set it: Counts(dict(counts), order=...)",
            )
        labels = self.bit_labels[::-1] if self.bit_labels is not None else None
        return Counts({key[::-1]: count for key, count in self._data.items()}, order=wanted, bit_labels=labels)

    def marginal(self, labels: Sequence[str]) -> Counts:
        """Return the counts of some of the bits, in the order of `labels`, summed over the others."""
        if self.bit_labels is None:
            raise ValidationError("these counts have no bit labels")
        missing = [label for label in labels if label not in self.bit_labels]
        if missing:
            raise ValidationError(f"there are no bits {missing}; the bit labels are {list(self.bit_labels)}")
        places = [self.bit_labels.index(label) for label in labels]
        summed: Counter[str] = Counter()
        for key, count in self._data.items():
            summed["".join(key[place] for place in places)] += count
        return Counts(summed, order=self.order, bit_labels=labels)

    def probabilities(self) -> dict[str, float]:
        """Return the share of each key, from 0 to 1."""
        return {key: count / self.shots for key, count in self._data.items()} if self.shots else {}

    def hex(self) -> dict[str, int]:
        """Return the counts by hexadecimal keys such as `0x3`, whose lowest bit is bit 0."""
        return {hex(int(key, 2)): count for key, count in self.to(BitOrder.MSB_LEFT).items()}

    def to_dict(self) -> dict[str, Any]:
        """Return the counts in JSON's types: `counts`, `shots`, `order` and `bit_labels`; `v` is the form's version."""
        return {
            "v": VERSION,
            "counts": json_value(self._data),
            "shots": json_value(self.shots),
            "order": self.order.value,
            "bit_labels": json_value(self.bit_labels),
        }

    def _to_json(self) -> dict[str, Any]:
        # Within other objects they are a plain dictionary.
        form: dict[str, Any] = json_value(self._data)
        return form

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Counts:
        """Return the counts that `to_dict` was called on. Raises `ValidationError` where the data is not valid."""
        return read_counts(check_version(cls, data), cls.__name__)

    def plot(self, *, sort: Literal["count", "key"] = "count", rows: int = 32, ax: Axes | None = None) -> Figure:
        """Return a matplotlib figure (extra `plot`), as `anyqpu_pictures.plot_counts` does."""
        figure: Figure = pictures().plot_counts(self, sort=sort, rows=rows, ax=ax)
        return figure


def read_counts(data: Mapping[str, Any], where: str) -> Counts:
    """Return counts from their values in JSON; raises `ValidationError` where these are not valid."""
    counts = read_value(dict[str, int], data.get("counts"), f"{where}.counts")
    order = read_value(BitOrder, data.get("order", BitOrder.MSB_LEFT), f"{where}.order")
    labels = read_value(tuple[str, ...] | None, data.get("bit_labels"), f"{where}.bit_labels")
    return Counts(counts, order=order, bit_labels=labels)


def _is_count(value: Any) -> bool:
    if type(value) is int:
        return value >= 0
    if isinstance(value, bool):
        return False
    # Such as numpy's integers.
    return isinstance(value, Integral) and int(value) >= 0


def _rebuild(data: dict[str, int], order: BitOrder, bit_labels: tuple[str, ...] | None) -> Counts:
    return Counts(data, order=order, bit_labels=bit_labels)
