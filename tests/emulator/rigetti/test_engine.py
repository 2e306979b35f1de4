"""Quil against small exact unitaries that share nothing with the simulator."""

from __future__ import annotations

import math

import numpy as np
import pytest

from anyqpu_emulator.engines.errors import InvalidProgramError, UnsupportedProgramError
from anyqpu_emulator.engines.quil import parse
from anyqpu_emulator.engines.statevector import final_state, sample
from tests.emulator import unitaries

P0, P1 = np.diag([1, 0]).astype(complex), np.diag([0, 1]).astype(complex)
FLIPS = (np.kron(unitaries.X, unitaries.X) + np.kron(unitaries.Y, unitaries.Y)) / 2
SWAP = (np.eye(4) + np.kron(unitaries.X, unitaries.X) + np.kron(unitaries.Y, unitaries.Y)) / 2
SWAP = SWAP + np.kron(unitaries.Z, unitaries.Z) / 2
A = 0.7
GATES = {
    "I 1": np.eye(2),
    "X 1": unitaries.X,
    "Y 1": unitaries.Y,
    "Z 1": unitaries.Z,
    "H 1": (unitaries.X + unitaries.Z) / math.sqrt(2),
    "S 1": unitaries.p(math.pi / 2),
    "T 1": unitaries.p(math.pi / 4),
    "DAGGER T 1": unitaries.p(-math.pi / 4),
    "DAGGER DAGGER T 1": unitaries.p(math.pi / 4),
    "RX(0.7) 1": unitaries.rx(A),
    "RY(1.4/2) 1": unitaries.ry(A),
    "RZ(angle[1]*2) 1": unitaries.rz(A),
    "PHASE(0.7) 1": unitaries.p(A),
    "CNOT 1 0": unitaries.controlled(unitaries.X),
    "CONTROLLED X 1 0": unitaries.controlled(unitaries.X),
    "CONTROLLED DAGGER S 1 0": unitaries.controlled(unitaries.p(-math.pi / 2)),
    "CZ 1 0": unitaries.controlled(unitaries.Z),
    "CPHASE(0.7) 1 0": unitaries.controlled(unitaries.p(A)),
    "CPHASE01(0.7) 1 0": np.kron(P0, P1) * (np.exp(1j * A) - 1) + np.eye(4),
    "XY(0.7) 1 0": unitaries.expi(FLIPS, -A / 2),
    "XY(pi) 1 0": unitaries.expi(FLIPS, -math.pi / 2),
    "ISWAP 1 0": unitaries.expi(FLIPS, -math.pi / 2),
    "SWAP 1 0": SWAP,
    "CCNOT 2 1 0": unitaries.controlled(unitaries.X, 2),
    "CSWAP 2 1 0": unitaries.controlled(SWAP),
    "CONTROLLED CNOT 2 1 0": unitaries.controlled(unitaries.X, 2),
    "TURN(0.7) 1": unitaries.rz(A),
    "MOVED 1 0": unitaries.controlled(unitaries.X),
    "CONTROLLED TURN(0.7) 0 1": unitaries.controlled(unitaries.rz(A)),
}
HEAD = """DECLARE angle REAL[2]
DEFGATE TURN(%a):
    cis(-1*%a/2), 0
    0, cis(%a/2)

DEFGATE MOVED AS PERMUTATION:
    0, 1, 3, 2

RY(0.4) 0
RY(1.0) 1
RY(1.6) 2
"""


@pytest.mark.parametrize("line", GATES)
def test_gate(line: str) -> None:
    steps = [(unitaries.ry(0.4 + 0.6 * q), [q]) for q in range(3)]
    qubits = [int(word) for word in line.split() if word.isdigit()]
    expected = unitaries.final_state([*steps, (GATES[line], qubits)], 3)
    state = final_state(parse(HEAD + line).circuit({"angle": [0, A / 2]}))
    np.testing.assert_allclose(state, expected, atol=1e-12)


def counts(text: str, shots: int = 200) -> dict[str, int]:
    return sample(parse(text).circuit(), shots, np.random.default_rng(1)).counts()


def test_measurements_have_bits_of_their_own_in_order() -> None:
    text = "DECLARE ro BIT[2]\nX 5\nMEASURE 5 ro[1]\nX 5\nMEASURE 5 ro[0]\nX 5\nMEASURE 5\n"
    assert [readout.target for readout in parse(text).readouts] == ["ro[1]", "ro[0]"]
    assert counts(text) == {"01": 200}
    bell = counts("DECLARE ro BIT[2]\nH 0\nCNOT 0 1\nMEASURE 0 ro[0]\nMEASURE 1 ro[1]")
    assert set(bell) == {"00", "11"}


def test_reset_and_halt() -> None:
    assert counts("DECLARE ro BIT\nRESET\nX 0\nMEASURE 0 ro") == {"1": 200}
    assert counts("DECLARE ro BIT\nX 0\nRESET 0\nMEASURE 0 ro") == {"0": 200}
    assert counts("DECLARE ro BIT\nX 0\nRESET\nMEASURE 0 ro") == {"0": 200}
    assert counts("PRAGMA PRESERVE_BLOCK\nDECLARE ro BIT\nX 0\nMEASURE 0 ro\nHALT\nX 0") == {"1": 200}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("DEFGATE A:\n    1, 0\n    0, 2\n\nA 0", InvalidProgramError),
        ("DEFGATE A:\n    1, 0, 0\n    0, 1, 0\n    0, 0, 1\n\nA 0", UnsupportedProgramError),
        ("DEFGATE A AS PERMUTATION:\n    0, 0\n\nA 0", InvalidProgramError),
        ("DEFGATE A(%t) p q AS PAULI-SUM:\n    ZZ(-%t/4) p q\n\nA(1) 0 1", UnsupportedProgramError),
        ("DEFGATE A(%t):\n    cis(%t), 0\n    0, 1\n\nA 0", InvalidProgramError),
        ("RX(i) 0", InvalidProgramError),
        ("DECLARE a REAL\nMEASURE 0 a", InvalidProgramError),
        ("DECLARE a REAL[200000]", UnsupportedProgramError),
        ("RX(" + "-" * 5000 + "1) 0", UnsupportedProgramError),
    ],
)
def test_refused(text: str, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        parse(text).circuit()


def test_memory_is_checked() -> None:
    program = parse("DECLARE a REAL[2]\nRX(a[1]) 0")
    assert program.circuit({"a": [1.0]})
    for memory in ({"b": [1.0]}, {"a": [1.0, 2.0, 3.0]}, {"a": [0.0, math.inf]}):
        with pytest.raises(InvalidProgramError):
            program.circuit(memory)
