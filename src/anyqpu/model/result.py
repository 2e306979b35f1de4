"""Results of jobs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from anyqpu._json import VERSION, json_fields, json_value
from anyqpu.errors import ResultError
from anyqpu.model.counts import BitOrder, Counts, read_counts
from anyqpu.model.json_reading import read_fields, read_value
from anyqpu.model.pictured import HtmlRepr, ShortRepr, pictures
from anyqpu.model.serialize import Serializable, check_version

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


class ResultKind(StrEnum):
    """The kind of a result."""

    COUNTS = "counts"
    PROBABILITIES = "probabilities"
    SAMPLES = "samples"
    EXPECTATION = "expectation"
    STATEVECTOR = "statevector"
    AMPLITUDES = "amplitudes"
    FOCK = "fock"
    RAW = "raw"
    """A form that anyqpu does not decode; it is in `Result.raw`."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ResultItem(ShortRepr, Serializable):
    """The result of one circuit.

    Attributes:
        kind: The field that has a value.
        counts: Counts of measured bit strings. Several classical registers are joined in order of declaration, bit 0
            of the first one rightmost. None where the provider counted each register alone.
        statevector: Amplitudes of all basis states, by the integer whose bit k is qubit k.
        amplitudes: Amplitudes of chosen bit strings, bit 0 rightmost.
        probabilities: Exact or estimated shares, from 0 to 1, of bit strings with bit 0 rightmost.
        registers: Counts of each classical register alone, in order of declaration, where the provider names them.
        samples: The outcome of each shot, in order: bits, photons in each mode as `"|1,0,1>"`, or for each site of an
            analog register `g` (ground), `r` (Rydberg) or `e` (empty).
        fock: Counts of photonic states, by the photons in each mode, mode 0 first: `"|1,0,1>"`.
        expectation: An expectation value; `deviation` is its standard deviation where known.
        success: False for a failed circuit of a job with others that succeeded; `error` is the reason.
    """

    kind: ResultKind
    counts: Counts | None = None
    statevector: tuple[complex, ...] | None = None
    amplitudes: dict[str, complex] | None = None
    probabilities: dict[str, float] | None = None
    registers: dict[str, Counts] | None = None
    samples: tuple[str, ...] | None = None
    fock: dict[str, int] | None = None
    expectation: float | None = None
    deviation: float | None = None
    success: bool = True
    error: str | None = None
    _repr_names: ClassVar[tuple[str, ...]] = (
        "kind",
        "counts",
        "statevector",
        "amplitudes",
        "probabilities",
        "registers",
        "samples",
        "fock",
        "expectation",
        "deviation",
        "success",
        "error",
    )
    _json_more: ClassVar[Mapping[str, Any]] = {
        "shots": int | None,
        "order": BitOrder | None,
        "bit_labels": tuple[str, ...] | None,
        "register_bits": Mapping[str, Any] | None,
    }

    def to_dict(self) -> dict[str, Any]:
        """Return the item in JSON types: what its kind has; with counts also `shots`, `order` and `bit_labels`."""
        return {"v": VERSION, **self._to_json()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ResultItem:
        """Return the item that `to_dict` was called on; raises `ValidationError` where the data is not valid."""
        return cls._from_json(check_version(cls, data), cls.__name__)

    def _to_json(self) -> dict[str, Any]:
        # Only the fields of its kind, and the bit order and labels beside plain counts.
        data = {key: value for key, value in json_fields(self).items() if value is not None or key == "error"}
        if self.counts is not None:
            data |= {key: value for key, value in self.counts.to_dict().items() if key != "v"}
        if self.registers is not None:
            forms = {name: counts.to_dict() for name, counts in self.registers.items()}
            data["register_bits"] = {
                name: {"order": form["order"], "bit_labels": form["bit_labels"]} for name, form in forms.items()
            }
        return data

    @classmethod
    def _from_json(cls, data: Mapping[str, Any], where: str) -> ResultItem:
        item: ResultItem = read_fields(cls, {key: data[key] for key in data.keys() - {"counts", "registers"}}, where)
        if data.get("counts") is not None:
            item = replace(item, counts=read_counts(data, where))
        if data.get("registers") is not None:
            registers = read_value(dict[str, dict[str, int]], data["registers"], f"{where}.registers")
            bits = read_value(dict[str, dict[str, Any]], data.get("register_bits", {}), f"{where}.register_bits")
            item = replace(
                item,
                registers={
                    name: read_counts({**bits.get(name, {}), "counts": counts}, f"{where}.registers.{name}")
                    for name, counts in registers.items()
                },
            )
        return item


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Result(ShortRepr, HtmlRepr, Serializable):
    """The result of a completed job.

    Attributes:
        items: One per circuit, in the order of submission.
        execution_time: The time on the device, if known.
        raw: The provider's result, unchanged. Comparisons ignore it.
    """

    job_id: str
    provider: str
    items: tuple[ResultItem, ...]
    execution_time: timedelta | None = None
    raw: Any = field(default=None, repr=False, compare=False)
    _repr_names: ClassVar[tuple[str, ...]] = ("job_id", "kind", "success", "items", "execution_time", "provider")
    _json_more: ClassVar[Mapping[str, Any]] = {"counts": tuple[Counts | None, ...], "raw": Any}

    def to_dict(self) -> dict[str, Any]:
        """Return the result in JSON's types: `items`, and in `counts` those of each item again.

        `raw` is there for a result of kind `raw`, of which nothing else is known, if it is JSON; it is None otherwise.
        `v` is the version of this form.
        """
        counts = [None if item.counts is None else json_value(item.counts) for item in self.items]
        raw = _json_or_none(self.raw) if any(item.kind is ResultKind.RAW for item in self.items) else None
        return Serializable.to_dict(self) | {"counts": counts, "raw": raw}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Result:
        """Return the result that `to_dict` was called on. Unknown keys are ignored.

        Raises:
            ValidationError: A field is missing or of another type, or the form is of a later version.
        """
        result: Result = read_fields(cls, check_version(cls, data), cls.__name__)
        return replace(result, raw=data.get("raw"))

    @property
    def success(self) -> bool:
        """Whether all circuits of the job succeeded."""
        return all(item.success for item in self.items)

    @property
    def kind(self) -> ResultKind:
        """The kind of the first item."""
        return self.items[0].kind if self.items else ResultKind.RAW

    @property
    def counts(self) -> Counts:
        """The counts of a job with one circuit.

        Raises `ResultError` where there are several circuits (use `items`) or the result is not counts.
        """
        if len(self.items) != 1:
            raise ResultError(f"the job has {len(self.items)} results, not one", hint="Use result.items[i].counts")
        item = self.items[0]
        if not item.success:
            raise ResultError(f"the circuit failed: {item.error or 'the provider gives no reason'}")
        counts = item.counts
        if counts is None and item.registers:
            raise ResultError(
                f"the circuit has {len(item.registers)} classical registers: {', '.join(item.registers)}; the "
                "provider counted each alone, so it is unknown which values were measured together",
                hint="Use result.items[0].registers[name]",
            )
        if counts is None:
            raise ResultError(f"the result is of kind {self.kind}, not counts", hint=f"Use result.items[0].{self.kind}")
        return counts

    @property
    def probabilities(self) -> dict[str, float]:
        """The share of each bit string, from 0 to 1, bit 0 rightmost, from the provider or from the counts.

        Raises `ResultError` as `counts` does.
        """
        if len(self.items) == 1 and self.items[0].probabilities is not None:
            return dict(self.items[0].probabilities)
        return self.counts.probabilities()

    def to_records(self) -> list[dict[str, Any]]:
        """Return the result as rows of plain texts and numbers, for `pandas.DataFrame`, `csv.DictWriter` and the like.

        All rows have the same keys; None where a row has no value. Each begins with `job_id` and `circuit`, the index
        of its item. The other columns depend on the kind:

        - counts, and registers alone: `bitstring`, `count`, `probability` (its share of the shots), and `register`
        - photons (`fock`): `outcome`, `count`, `probability`
        - samples: `shot`, `outcome`
        - probabilities: `bitstring`, `probability`
        - a statevector, amplitudes: `bitstring`, `real`, `imaginary`, `probability`
        - an expectation value: `expectation`, `deviation`
        - a failed circuit: `error`

        An item that anyqpu does not decode has no row.
        """
        from anyqpu.model.records import records_of

        return records_of(self)

    def plot(self, *, sort: Literal["count", "key"] = "count", rows: int = 32, ax: Axes | None = None) -> Figure:
        """Return a matplotlib figure (extra `plot`), as `anyqpu_pictures.plot_result` does."""
        figure: Figure = pictures().plot_result(self, sort=sort, rows=rows, ax=ax)
        return figure


def _json_or_none(raw: Any) -> Any:
    try:
        return json.loads(json.dumps(raw, allow_nan=False))
    except (TypeError, ValueError, RecursionError):
        return None
