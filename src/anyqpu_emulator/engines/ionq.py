"""IonQ circuits in JSON, gate set `qis`: https://docs.ionq.com/api-reference/v0.4/writing-quantum-programs.

Qubit 0 is the least significant bit of IonQ's outcomes. Rotations are in radians.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from anyqpu_emulator.shapes import is_list, is_object

from .circuit import Circuit, Gate
from .errors import InvalidProgramError, UnsupportedProgramError
from .gates import GATES
from .statevector import State

_FIXED = ("x", "not", "y", "z", "h", "s", "si", "t", "ti", "v", "vi", "cnot", "swap")
_ROTATIONS = ("rx", "ry", "rz", "xx", "yy", "zz")
# Below this a probability is rounding noise of the simulation, not an outcome.
_NOISE = 1e-12


def parse(program: Mapping[str, Any]) -> Circuit:
    """Translate `{"gateset": "qis", "qubits": n, "circuit": [...]}`.

    Raises InvalidProgramError, naming the place of the gate in the list, or UnsupportedProgramError.
    """
    if program.get("gateset", "qis") != "qis":
        raise UnsupportedProgramError(f"the gate set should be 'qis', not {program['gateset']!r}")
    qubits, gates = program.get("qubits"), program.get("circuit")
    if not isinstance(qubits, int) or isinstance(qubits, bool) or qubits < 1:
        raise InvalidProgramError(f"'qubits' should be a whole number of at least 1, not {qubits!r}")
    if not is_list(gates):
        raise InvalidProgramError("'circuit' should be a list of gates")
    return Circuit(qubits, (), tuple(_gate(item, qubits, place) for place, item in enumerate(gates)))


def histogram(state: State) -> dict[str, float]:
    """Exact probabilities by outcome, a decimal number in which qubit 0 is the least significant bit."""
    probabilities = np.abs(state) ** 2
    outcomes = np.flatnonzero(probabilities > _NOISE)
    return {str(int(index)): float(probabilities[index]) for index in outcomes}


def _gate(item: Any, num_qubits: int, place: int) -> Gate:
    here = f"circuit[{place}]"
    if not is_object(item):
        raise InvalidProgramError(f"{here} should be an object with 'gate' and 'target' or 'targets'")
    # The published schema calls the name `type`; its example, and all clients, say `gate`.
    name = item.get("gate", item.get("type"))
    if name not in _FIXED and name not in _ROTATIONS:
        raise UnsupportedProgramError(f"{here}: this emulator does not know the IonQ gate {name!r}")
    definition = GATES[str(name)]
    targets = _qubits(item, "target", here)
    controls = _qubits(item, "control", here)
    if name == "cnot":
        controls, targets = (controls, targets) if controls else (targets[:1], targets[1:])
    if len(targets) != definition.targets:
        raise InvalidProgramError(f"{here}: {name} takes {definition.targets} targets, not {len(targets)}")
    used = (*targets, *controls)
    if len(set(used)) != len(used) or any(not 0 <= qubit < num_qubits for qubit in used):
        raise InvalidProgramError(f"{here}: qubits should differ and be 0 to {num_qubits - 1}: {list(used)}")
    if name not in _ROTATIONS:
        return Gate(definition.build(), targets, controls)
    angle = item.get("rotation", item.get("phase"))
    if not isinstance(angle, int | float) or isinstance(angle, bool):
        raise InvalidProgramError(f"{here}: {name} needs 'rotation', an angle in radians")
    return Gate(definition.build(float(angle)), targets, controls)


def _qubits(entry: dict[str, Any], kind: str, here: str) -> tuple[int, ...]:
    """`target` is one number, `targets` a list; both spellings are in use, and so for controls."""
    value = entry.get(kind + "s")
    if value is None:
        value = entry.get(kind)
    items: list[Any] = value if is_list(value) else [] if value is None else [value]
    if any(not isinstance(item, int) or isinstance(item, bool) for item in items):
        raise InvalidProgramError(f"{here}: {kind}s should be whole numbers, not {value!r}")
    return tuple(items)
