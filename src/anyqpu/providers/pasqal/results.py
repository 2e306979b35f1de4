"""Read results of Pasqal: counts, single shots, and what Pulser's emulators compute besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from anyqpu.core.results.forms import FormError, beginning, check_totals, json_in, parsed
from anyqpu.errors import (
    ResultDecodeError,
)
from anyqpu.model.counts import BitOrder, Counts
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu.model.serialize import Serializable

# Results that are fetched at once.
AT_ONCE = 8
BITSTRINGS = "bitstrings"
PROVIDER = "pasqal"
# A count beyond this is not a number of shots.
MOST_SHOTS = 2**53


@dataclass(frozen=True, slots=True)
class Observable(Serializable):
    """Values that an emulator computed along a sequence.

    Attributes:
        times: Times from 0 at the beginning of the sequence to 1 at its end.
        values: The value at each of these times, in Pulser's own form: a number, a list, counts.
    """

    times: tuple[float, ...]
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class PulserResults(Serializable):
    """Pulser's `Results`, as an emulator returns them besides counts.

    Attributes:
        atom_order: The names of the atoms, in the order of the bit strings.
        total_duration: Length of the sequence, in nanoseconds.
        observables: Values by the tags in the configuration of the emulator.
    """

    atom_order: tuple[str, ...]
    total_duration: int | None
    observables: Mapping[str, Observable]

    @property
    def final_counts(self) -> dict[str, int] | None:
        """The bit strings at the end of the sequence and how often each was measured; None if it has none."""
        observable = self.observables.get(BITSTRINGS)
        last: Any = observable.values[-1] if observable is not None and observable.values else None
        try:
            return _counts(last)
        except FormError:
            return None


def pulser_results(result: Result) -> PulserResults | None:
    """Return what an emulator computed besides counts; None if it computed nothing else.

    Raises:
        ResultDecodeError: It has another form than Pulser's; `result.raw` has it as it was sent.
    """
    raw: Any = result.raw
    try:
        return _serialised(cast("dict[str, Any]", raw)) if isinstance(raw, dict) else None
    except FormError as error:
        problem = str(error)
    # Not about the last response: the result may be an old one.
    raise ResultDecodeError(
        f"the result has another form than expected: {problem}", provider=PROVIDER, body=beginning(raw)
    )


def atom_names(body: Any) -> tuple[str, ...] | None:
    """Return the names of the atoms where the result has them itself."""
    extra = _tolerant(cast("dict[str, Any]", body)) if isinstance(body, dict) else None
    return extra.atom_order if extra is not None else None


def decode(body: Any, atoms: tuple[str, ...] | None, shots: int | None = None) -> ResultItem:
    """Return counts with one character for each atom, in the order of the register (Pulser's and pasqal-cloud's own).

    A result of an unknown form is kept in `Result.raw`, with kind RAW.

    Raises:
        FormError: Its counts are not counts of bit strings.
    """
    if not isinstance(body, dict):
        return ResultItem(kind=ResultKind.RAW)
    fields = cast("dict[str, Any]", body)
    samples, counter = _samples(fields.get("raw")), fields.get("counter")
    if counter is None and samples is not None:
        counter = Counter(samples)
    if counter is None:
        extra = _tolerant(fields)
        counter = extra.final_counts if extra is not None else None
    if counter is None:
        return ResultItem(kind=ResultKind.RAW)
    counted = _counts(counter)
    width = len(next(iter(counted), ""))
    labels = atoms if atoms is not None and len(atoms) == width else None
    counts = Counts(counted, order=BitOrder.NATIVE_REGISTER, bit_labels=labels)
    item = ResultItem(kind=ResultKind.COUNTS, counts=counts, samples=samples)
    check_totals([item], shots)
    return item


def read_json(content: bytes) -> Any:
    """Return the JSON value behind a link to a result; raise `FormError` for anything else."""
    return parsed(content)


def _counts(value: Any) -> dict[str, int]:
    """Return counts of bit strings of one length; raise `FormError` for anything else."""
    if not isinstance(value, dict):
        raise FormError("the counts are not an object")
    counts = cast("dict[Any, Any]", value)
    width = len(next(iter(counts), ""))
    for key, number in counts.items():
        if not isinstance(key, str) or len(key) != width or key.strip("01"):
            raise FormError("the keys of the counts are not bit strings of one length")
        whole = isinstance(number, int) or (isinstance(number, float) and number.is_integer())
        if not whole or isinstance(number, bool) or not 0 <= number <= MOST_SHOTS:
            raise FormError("a count is not a whole number from 0")
    return {key: int(number) for key, number in counts.items()}


def _samples(value: Any) -> tuple[str, ...] | None:
    """Return the bit strings of the shots, in their order; None for anything else, which stays in the raw result."""
    shots = cast("list[Any]", value) if isinstance(value, list) else None
    if shots is None or not all(isinstance(shot, str) and not shot.strip("01") for shot in shots):
        return None
    return tuple(shots)


def _tolerant(fields: Mapping[str, Any]) -> PulserResults | None:
    try:
        return _serialised(fields)
    except FormError:
        # It only adds to the counts.
        return None


def _serialised(fields: Mapping[str, Any]) -> PulserResults | None:
    text = fields.get("serialised_results")
    if text is None:
        return None
    try:
        content: Any = json_in(text) if isinstance(text, str) else text
        # Earlier Pulsers wrote the names of their attributes, with an underscore.
        tags, values, times = (
            cast("dict[str, Any]", content[name] if name in content else content[f"_{name}"])
            for name in ("tagmap", "results", "times")
        )
        duration = content.get("total_duration")
        # One for each identifier: any number of tags may name the same one.
        observables = {
            id: Observable(tuple(float(time) for time in _list(times[id])), tuple(_list(values[id])))
            for id in set(tags.values())
        }
        return PulserResults(
            atom_order=tuple(str(atom) for atom in _list(content["atom_order"])),
            total_duration=duration if isinstance(duration, int) else None,
            observables={str(tag): observables[id] for tag, id in tags.items()},
        )
    except Exception:  # whatever reading a value of another type raises
        raise FormError("its `serialised_results` are not those of Pulser") from None


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise TypeError("a list was expected")
    return list(cast("list[Any]", value))
