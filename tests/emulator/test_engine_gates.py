"""Every gate, and random circuits of them, against matrices that were built independently."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anyqpu_emulator.engines import gates, openqasm
from anyqpu_emulator.engines.statevector import final_state, sample

from . import unitaries

ANGLES = (0.3, -1.1, 2.7, 0.9)
HEAD = 'OPENQASM 3.0; include "stdgates.inc";'


def _spread(num_qubits: int) -> tuple[str, list]:
    """A product state without symmetries, so that a wrong matrix cannot hide."""
    angles = [(q, 0.4 + 0.5 * q, 0.7 - 0.3 * q) for q in range(num_qubits)]
    text = "".join(f"ry({a}) q[{q}]; rz({b}) q[{q}];" for q, a, b in angles)
    steps = [step for q, a, b in angles for step in ((unitaries.ry(a), [q]), (unitaries.rz(b), [q]))]
    return text, steps


def test_every_gate_of_the_table_has_an_independent_twin() -> None:
    covered = {id(gates.GATES[name].build) for name in unitaries.GATES}
    assert {name for name, gate in gates.GATES.items() if id(gate.build) not in covered} == set()


@pytest.mark.parametrize("name", unitaries.GATES)
def test_gate(name: str) -> None:
    params, qubits, build = unitaries.GATES[name]
    angles = ANGLES[:params]
    operands = list(range(qubits))[::-1] if qubits != 3 else [1, 2, 0]
    prefix, steps = _spread(qubits)
    call = f"{name}({', '.join(map(str, angles))})" if params else name
    text = f"{HEAD} qubit[{qubits}] q; {prefix} {call} {', '.join(f'q[{o}]' for o in operands)};"
    expected = unitaries.final_state([*steps, (build(*angles), operands)], qubits)
    np.testing.assert_allclose(final_state(openqasm.parse(text)), expected, atol=1e-12)


@st.composite
def circuits(draw: st.DrawFn) -> tuple[int, list[tuple[str, list[float], list[int], str]]]:
    num_qubits = draw(st.integers(1, 5))
    names = [name for name, (_, qubits, _) in unitaries.GATES.items() if qubits <= num_qubits]
    calls = []
    for _ in range(draw(st.integers(1, 8))):
        name = draw(st.sampled_from(names))
        params, qubits, _ = unitaries.GATES[name]
        angles = draw(st.lists(st.floats(-7, 7), min_size=params, max_size=params))
        order = draw(st.permutations(range(num_qubits)))
        modifiers = ["", "inv @ "] + (["ctrl @ ", "negctrl @ ", "inv @ ctrl @ "] if qubits < num_qubits else [])
        modifier = draw(st.sampled_from(modifiers))
        calls.append((name, angles, order[: qubits + ("ctrl" in modifier)], modifier))
    return num_qubits, calls


@settings(max_examples=150, deadline=None)
@given(circuits())
def test_random_circuits(case: tuple[int, list[tuple[str, list[float], list[int], str]]]) -> None:
    num_qubits, calls = case
    lines, steps = [], []
    for name, angles, operands, modifier in calls:
        matrix = unitaries.GATES[name][2](*angles)
        if "inv" in modifier:
            matrix = matrix.conj().T
        if "ctrl" in modifier:
            matrix = unitaries.controlled(matrix)
        if "negctrl" in modifier:
            flip = np.kron(unitaries.X, np.eye(len(matrix) // 2))
            matrix = flip @ matrix @ flip
        steps.append((matrix, operands))
        arguments = f"({', '.join(f'{a:.17f}' for a in angles)})" if angles else ""
        lines.append(f"{modifier}{name}{arguments} {', '.join(f'q[{o}]' for o in operands)};")
    state = final_state(openqasm.parse(f"{HEAD} qubit[{num_qubits}] q;\n" + "\n".join(lines)))
    np.testing.assert_allclose(state, unitaries.final_state(steps, num_qubits), atol=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 4), st.lists(st.floats(0.1, 3.0), min_size=4, max_size=4), st.integers(0, 2**32))
def test_samples_follow_the_probabilities(num_qubits: int, angles: list[float], seed: int) -> None:
    turns = "".join(f"ry({angles[q]}) q[{q}];" for q in range(num_qubits))
    text = f"{HEAD} qubit[{num_qubits}] q; bit[{num_qubits}] c; {turns} c = measure q;"
    shots = 20_000
    counts = sample(openqasm.parse(text), shots, np.random.default_rng(seed)).counts()
    for q in range(num_qubits):
        ones = sum(count for key, count in counts.items() if key[num_qubits - 1 - q] == "1")
        expected = math.sin(angles[q] / 2) ** 2
        assert abs(ones / shots - expected) < 6 * math.sqrt(0.25 / shots)
