"""Pulser's sequences and results, as Scaleway's package for Pulser sends and reads them.

A sequence is the default model of a session, and a job says how often it runs and with which values.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from anyqpu.core.programs import pulser_variables
from anyqpu.core.results.forms import parsed, whole
from anyqpu.model.counts import BitOrder, Counts
from anyqpu.model.result import ResultItem, ResultKind

BITSTRINGS = "bitstrings"


def check_variables(sequence: str, parameters: Mapping[str, Any]) -> None:
    """Raise `ValidationError` for values in a job's parameters that do not fit the sequence."""
    variables: Any = parameters.get("variables")
    values: Mapping[str, Any] = cast("Mapping[str, Any]", variables) if isinstance(variables, Mapping) else {}
    pulser_variables.checked(values, sequence, provider="scaleway")


def payload(sequence: str) -> str:
    """A model's payload with a sequence."""
    return json.dumps({"sequence": sequence, "backend_configuration": None})


def atoms_of(sequence: str) -> tuple[str, ...] | None:
    """The names of a sequence's atoms, in the order of its register; None where it does not name them."""
    try:
        register: Any = json.loads(sequence)["register"]
        names = [atom["name"] for atom in register]
    except (LookupError, TypeError, ValueError, RecursionError):
        return None
    return tuple(names) if names and all(isinstance(name, str) for name in names) else None


def decode(fields: Mapping[str, Any]) -> ResultItem | None:
    """Return the result of one run of a sequence; None if it is not a result of Pulser's.

    Raises:
        One of `qio.MALFORMED`: It has the form of one, but cannot be read.
    """
    if isinstance(fields.get("counter"), dict):
        return _counts(fields["counter"], None)
    if isinstance(fields.get("tagmap"), dict):
        return _observables(fields)
    if isinstance(fields.get("serialised_results"), str):
        return _observables(parsed(fields["serialised_results"]))
    return None


def _observables(results: Mapping[str, Any]) -> ResultItem:
    """Pulser's `Results`: for each observable what it was at some times, of which the last is the end."""
    tag = results["tagmap"].get(BITSTRINGS)
    if tag is None:
        return ResultItem(kind=ResultKind.RAW)
    last: Any = cast("list[Any]", results["results"][tag])[-1]
    return _counts(last, results.get("atom_order"))


def _counts(counter: Mapping[str, Any], atoms: Any) -> ResultItem:
    """One character for each atom, in the order of the register."""
    numbers = {key: whole(count) for key, count in counter.items()}
    listed = list(cast("list[Any]", atoms)) if isinstance(atoms, list | tuple) else []
    names = listed if listed and all(isinstance(name, str) for name in listed) else None
    fits = names is not None and all(len(key) == len(names) for key in numbers)
    counts = Counts(numbers, order=BitOrder.NATIVE_REGISTER, bit_labels=names if fits else None)
    return ResultItem(kind=ResultKind.COUNTS, counts=counts)


def labelled(item: ResultItem, atoms: Sequence[str]) -> ResultItem:
    """The item with its atoms named, where the result did not name them and they can be these."""
    counts = item.counts
    if counts is None or counts.order is not BitOrder.NATIVE_REGISTER or counts.bit_labels is not None:
        return item
    return _counts(counts, atoms)
