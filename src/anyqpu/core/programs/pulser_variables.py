"""The values that a job gives a Pulser sequence: those of its variables, and the traps of a mappable register.

Source: `Sequence.build(qubits=..., **variables)` of pulser-core, whose arguments Pasqal's own client sends as they are.
"""

from __future__ import annotations

import json
import math
import operator
from collections.abc import Mapping
from typing import Any, cast

from anyqpu.errors import ValidationError

QUBITS = "qubits"
"""The key under which a job says which trap each atom is in."""


def checked(variables: Mapping[str, Any], sequence: str, *, provider: str) -> dict[str, Any]:
    """Return the values as JSON has them; arrays of other libraries become lists.

    Args:
        variables: Values by name, numbers or lists of numbers; `qubits` is a mapping of atoms to traps.
        sequence: The sequence in Pulser's abstract representation; other texts are not checked.
        provider: For the error.

    Raises:
        ValidationError: A name is unknown or missing, a variable has another number of elements, an atom or a trap
            does not exist, or a value is not a number.
    """
    document = _object(sequence)
    declared = document.get("variables")
    known_variables = cast("dict[str, Any]", declared) if isinstance(declared, dict) else None
    atoms = _mappable(document)
    values = dict(variables)
    if known_variables is None:
        return values

    def refuse(problem: str, hint: str | None = None) -> ValidationError:
        return ValidationError(problem, provider=provider, fields=("variables",), hint=hint)

    checked_values: dict[str, Any] = {}
    if atoms:
        example = f"variables={{'qubits': {{{atoms[0]!r}: 0}}}}"
        if values.get(QUBITS) is None:
            raise refuse("the register is mappable, and no traps are given for its atoms", f"Such as {example}")
        checked_values[QUBITS] = _traps(values.pop(QUBITS), atoms, document, refuse)
    elif QUBITS in values and QUBITS not in known_variables:
        raise refuse("the sequence has a register, so its atoms take no traps", "Leave out 'qubits'")
    names = ", ".join(known_variables)
    unknown = [name for name in values if name not in known_variables]
    if unknown:
        raise refuse(
            f"the sequence has no variable {unknown[0]!r}", f"It has {names}" if known_variables else "It has none"
        )
    missing = [name for name in known_variables if name not in values]
    # A job that gives none at all is left to the cloud, which may know values that the text does not.
    if missing and values:
        raise refuse(f"the sequence's variable {missing[0]!r} has no value", f"It has {names}")
    for name, value in values.items():
        checked_values[name] = _value(name, value, known_variables[name], refuse)
    return checked_values


def _object(text: str) -> dict[str, Any]:
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _mappable(document: Mapping[str, Any]) -> list[str]:
    """The atoms of a mappable register; none where the register has places."""
    register = document.get("register")
    listed = cast("list[Any]", register) if isinstance(register, list) else []
    names = [cast("dict[str, Any]", atom).get("qid") for atom in listed if isinstance(atom, dict)]
    return [name for name in names if isinstance(name, str)]


def _traps(qubits: Any, atoms: list[str], document: Mapping[str, Any], refuse: Any) -> dict[str, int]:
    if not isinstance(qubits, Mapping) or not qubits:
        raise refuse("variables['qubits'] is a mapping of atoms to traps", f"Such as {{{atoms[0]!r}: 0}}")
    chosen = cast("Mapping[Any, Any]", qubits)
    unknown = [name for name in chosen if name not in atoms]
    if unknown:
        raise refuse(f"the register has no atom {unknown[0]!r}", f"It has {', '.join(atoms)}")
    first = atoms[: len(chosen)]
    if set(chosen) != set(first):
        raise refuse(f"{len(first)} atoms are the first {len(first)} of the register", f"Those are {', '.join(first)}")
    layout = document.get("layout")
    coordinates = cast("dict[str, Any]", layout).get("coordinates") if isinstance(layout, dict) else None
    last = len(cast("list[Any]", coordinates)) - 1 if isinstance(coordinates, list) else None
    traps: dict[str, int] = {}
    for name in first:
        trap = _whole(chosen[name])
        if trap is None or trap < 0 or (last is not None and trap > last):
            limits = "0 or more" if last is None else f"0 to {last}"
            raise refuse(f"the atom {name!r} is in no trap {chosen[name]!r}", f"Traps are whole numbers, {limits}")
        if trap in traps.values():
            raise refuse(f"two atoms are in the trap {trap}", "Give each atom a trap of its own")
        traps[name] = trap
    return traps


def _whole(value: Any) -> int | None:
    try:
        return None if isinstance(value, bool) else operator.index(value)
    except TypeError:
        return None


def _value(name: str, value: Any, details: Any, refuse: Any) -> Any:
    """A number or a list of numbers, as many as the variable has elements."""
    plain = value.tolist() if hasattr(value, "tolist") else value
    plain = list(cast("tuple[Any, ...]", plain)) if isinstance(plain, tuple) else plain
    items = [
        item.tolist() if hasattr(item, "tolist") else item
        for item in (cast("list[Any]", plain) if isinstance(plain, list) else [plain])
    ]
    if not all(isinstance(item, int | float) and not isinstance(item, bool) and math.isfinite(item) for item in items):
        raise refuse(f"the variable {name!r} takes numbers, not {value!r:.60}")
    declared = cast("dict[str, Any]", details).get("value") if isinstance(details, dict) else None
    size = len(cast("list[Any]", declared)) if isinstance(declared, list) else None
    if size is not None and len(items) != size:
        raise refuse(f"the variable {name!r} has {size} elements, and {len(items)} are given")
    return items if isinstance(plain, list) else items[0]
