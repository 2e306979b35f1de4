"""Rows of results, for tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from anyqpu.model.counts import Counts

if TYPE_CHECKING:
    from anyqpu.model.result import Result, ResultItem

Row = dict[str, Any]


def records_of(result: Result) -> list[Row]:
    """See `Result.to_records`."""
    rows = [
        {"job_id": result.job_id, "circuit": place, **row}
        for place, item in enumerate(result.items)
        for row in _rows(item)
    ]
    columns = dict.fromkeys(column for row in rows for column in row)
    # csv and others take their columns from the first row.
    return [{column: row.get(column) for column in columns} for row in rows]


def _rows(item: ResultItem) -> Iterable[Row]:
    """Return the rows of one circuit, in the columns of its kind."""
    if not item.success:
        return [{"error": item.error or "the provider gives no reason"}]
    if item.counts is not None:
        return _counted(item.counts, "bitstring")
    if item.registers is not None:
        named: Iterable[tuple[str, Counts]] = item.registers.items()
        return [{"register": name, **row} for name, counts in named for row in _counted(counts, "bitstring")]
    if item.probabilities is not None:
        return [{"bitstring": key, "probability": float(share)} for key, share in item.probabilities.items()]
    if item.fock is not None:
        return _counted(item.fock, "outcome")
    if item.samples is not None:
        return [{"shot": shot, "outcome": outcome} for shot, outcome in enumerate(item.samples)]
    if item.expectation is not None:
        return [{"expectation": float(item.expectation), "deviation": item.deviation}]
    if item.statevector is not None:
        width = max(1, (len(item.statevector) - 1).bit_length())
        return _amplitudes((f"{place:0{width}b}", value) for place, value in enumerate(item.statevector))
    if item.amplitudes is not None:
        return _amplitudes(item.amplitudes.items())
    return []


def _counted(counts: Mapping[str, int], key_column: str) -> list[Row]:
    shots = sum(int(count) for count in counts.values())
    return [
        {key_column: key, "count": int(count), "probability": int(count) / shots if shots else 0.0}
        for key, count in counts.items()
    ]


def squared_magnitude(amplitude: complex) -> float:
    """Return |amplitude|², infinity where that is too large for a float: clouds can send any number."""
    real, imaginary = float(amplitude.real), float(amplitude.imag)
    return real * real + imaginary * imaginary


def _amplitudes(amplitudes: Iterable[tuple[str, complex]]) -> Iterator[Row]:
    for key, value in amplitudes:
        yield {
            "bitstring": key,
            "real": float(value.real),
            "imaginary": float(value.imag),
            "probability": squared_magnitude(value),
        }
