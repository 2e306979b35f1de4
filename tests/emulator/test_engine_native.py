"""IonQ's and IQM's own circuits."""

from __future__ import annotations

import math

import numpy as np
import pytest

from anyqpu_emulator.engines import ionq, iqm
from anyqpu_emulator.engines.errors import InvalidProgramError, UnsupportedProgramError
from anyqpu_emulator.engines.statevector import final_state, sample

from . import unitaries

IONQ_NAMES = {
    **{name: name for name in ("x", "y", "z", "h", "s", "si", "t", "ti", "v", "vi", "rx", "ry", "rz", "swap")},
    **{"not": "x", "xx": "rxx", "yy": "ryy", "zz": "rzz"},
}


def ionq_state(qubits: int, *gates: dict) -> np.ndarray:
    return final_state(ionq.parse({"gateset": "qis", "qubits": qubits, "circuit": list(gates)}))


@pytest.mark.parametrize("name", IONQ_NAMES)
@pytest.mark.parametrize("controls", [[], [2]], ids=["plain", "controlled"])
def test_ionq_gate(name: str, controls: list[int]) -> None:
    params, qubits, build = unitaries.GATES[IONQ_NAMES[name]]
    angles = [0.7] * params
    targets = [1, 0][:qubits]
    spread = [{"gate": "ry", "target": q, "rotation": 0.4 + 0.6 * q} for q in range(3)]
    gate = {"gate": name, "targets": targets} | ({"rotation": 0.7} if params else {})
    gate |= {"controls": controls} if controls else {}
    matrix = unitaries.controlled(build(*angles)) if controls else build(*angles)
    steps = [(unitaries.ry(0.4 + 0.6 * q), [q]) for q in range(3)]
    expected = unitaries.final_state([*steps, (matrix, [*controls, *targets])], 3)
    np.testing.assert_allclose(ionq_state(3, *spread, gate), expected, atol=1e-12)


def test_ionq_histogram_counts_qubit_zero_as_the_lowest_bit() -> None:
    assert ionq.histogram(ionq_state(3, {"gate": "x", "target": 0})) == {"1": 1.0}
    assert ionq.histogram(ionq_state(3, {"gate": "not", "targets": [2]})) == {"4": 1.0}


def test_ionq_spellings_of_cnot() -> None:
    for cnot in (
        {"gate": "cnot", "control": 0, "target": 1},
        {"gate": "cnot", "controls": [0], "targets": [1]},
        {"gate": "cnot", "targets": [0, 1]},
        {"type": "x", "control": 0, "target": 1},
    ):
        assert ionq.histogram(ionq_state(2, {"gate": "x", "target": 0}, cnot)) == {"3": 1.0}


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ({"gateset": "native", "qubits": 1, "circuit": []}, "gate set"),
        ({"qubits": 0, "circuit": []}, "qubits"),
        ({"qubits": 1, "circuit": "h 0"}, "list of gates"),
        ({"qubits": 1, "circuit": [{"gate": "h", "target": 0}, "h"]}, r"circuit\[1\]"),
        ({"qubits": 1, "circuit": [{"gate": "pauliexp", "target": 0}]}, "pauliexp"),
        ({"qubits": 1, "circuit": [{"gate": "h", "target": 1}]}, "0 to 0"),
        ({"qubits": 2, "circuit": [{"gate": "x", "target": 1, "control": 1}]}, "differ"),
        ({"qubits": 2, "circuit": [{"gate": "h", "targets": [0, 1]}]}, "takes 1 target"),
        ({"qubits": 1, "circuit": [{"gate": "rx", "target": 0}]}, "radians"),
        ({"qubits": 1, "circuit": [{"gate": "h", "target": "0"}]}, "whole numbers"),
    ],
)
def test_ionq_refusals(program: dict, words: str) -> None:
    with pytest.raises((InvalidProgramError, UnsupportedProgramError), match=words):
        ionq.parse(program)


def prx(qubit: str, angle: float, phase: float, *, turns: bool = True) -> dict:
    if turns:
        return {"name": "prx", "qubits": [qubit], "args": {"angle_t": angle, "phase_t": phase}}
    args = {"angle": angle * 2 * math.pi, "phase": phase * 2 * math.pi}
    return {"name": "prx", "locus": [qubit], "args": args, "implementation": None}


def measure(key: str, *qubits: str) -> dict:
    return {"name": "measure", "qubits": list(qubits), "args": {"key": key}}


def iqm_counts(*instructions: dict) -> tuple[tuple[str, ...], dict[str, int]]:
    native = iqm.parse({"name": "test", "instructions": list(instructions)})
    return native.keys, sample(native.circuit, 1000, np.random.default_rng(1)).counts()


@pytest.mark.parametrize("turns", [True, False], ids=["turns", "radians"])
def test_iqm_bell(turns: bool) -> None:
    keys, counts = iqm_counts(
        prx("QB1", 0.25, 0.25, turns=turns),
        prx("QB2", 0.25, 0.25, turns=turns),
        {"name": "cz", "args": {}, "locus" if not turns else "qubits": ["QB1", "QB2"]},
        prx("QB2", -0.25, 0.25, turns=turns),
        {"name": "barrier", "qubits": ["QB1", "QB2"], "args": {}},
        measure("c_2_0_0", "QB1"),
        measure("c_2_0_1", "QB2"),
    )
    assert keys == ("c_2_0_0", "c_2_0_1")
    assert set(counts) == {"00", "11"}


def test_iqm_prx_matches_its_definition() -> None:
    instructions = [prx("QB3", 0.1, 0.3), prx("QB3", 0.37, 0.05), measure("m", "QB3")]
    native = iqm.parse({"name": "x", "instructions": instructions})
    steps = [
        (unitaries.expi(unitaries.axis(2 * math.pi * phase), math.pi * angle), [0])
        for angle, phase in ((0.1, 0.3), (0.37, 0.05))
    ]
    np.testing.assert_allclose(final_state(native.circuit), unitaries.final_state(steps, 1), atol=1e-12)


def test_iqm_one_key_for_several_qubits_and_reset() -> None:
    keys, counts = iqm_counts(prx("QB7", 0.5, 0), {"name": "reset", "qubits": ["QB8"]}, measure("m", "QB7", "QB8"))
    assert (keys, counts) == (("m",), {"01": 1000})


@pytest.mark.parametrize(
    ("instructions", "words"),
    [
        ("prx", "list of 'instructions'"),
        ([prx("QB1", 0.5, 0)], "measures nothing"),
        ([{"name": "cc_prx", "qubits": ["QB1"]}], r"instructions\[0\].*cc_prx"),
        ([{"name": "cz", "qubits": ["QB1"], "args": {}}], "acts on 2 qubits"),
        ([{"name": "cz", "qubits": ["QB1", "QB1"]}], "twice"),
        ([{"name": "prx", "qubits": ["QB1"], "args": {"angle_t": 0.5}}], "phase"),
        ([{"name": "prx", "args": {}}], "locus"),
        ([{"name": "measure", "qubits": ["QB1"], "args": {}}], "args.key"),
        ([measure("m", "QB1"), measure("m", "QB2")], "used twice"),
        (["measure"], "should be an object"),
        ([{"name": "prx", "qubits": ["QB1"], "args": [1]}], "args should be an object"),
    ],
)
def test_iqm_refusals(instructions: object, words: str) -> None:
    with pytest.raises((InvalidProgramError, UnsupportedProgramError), match=words):
        iqm.parse({"name": "x", "instructions": instructions})
