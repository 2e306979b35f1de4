"""Circuits as users of Qiskit build them: objects of its library, its control flow, and what its transpiler returns."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister, transpile
from qiskit.circuit import Clbit, Parameter, ParameterVector, Qubit
from qiskit.circuit.classical import expr
from qiskit.circuit.library import (
    GlobalPhaseGate,
    MCPhaseGate,
    PauliEvolutionGate,
    QFTGate,
    UnitaryGate,
    efficient_su2,
    grover_operator,
    real_amplitudes,
)
from qiskit.circuit.random import random_circuit
from qiskit.quantum_info import SparsePauliOp, random_unitary

Built = tuple[str, QuantumCircuit, dict[str, float]]
_MADE: list[Callable[[], tuple[QuantumCircuit, dict[str, float]]]] = []


def circuits() -> Iterator[Built]:
    """Name, circuit and parameters of each."""
    for make in _MADE:
        yield (make.__name__.replace("_", " "), *make())
    for seed in range(24):
        yield f"random {seed}", random_circuit(4, 5, max_operands=3, measure=True, seed=seed), {}
    for seed in range(8):
        circuit = random_circuit(3, 4, max_operands=2, measure=True, conditional=True, seed=100 + seed)
        yield f"random conditional {seed}", circuit, {}
    for seed in range(8):
        circuit = random_circuit(4, 4, max_operands=2, measure=True, seed=200 + seed)
        yield f"transpiled {seed}", _transpiled(circuit, seed), {}


def _transpiled(circuit: QuantumCircuit, seed: int) -> QuantumCircuit:
    line = [[place, place + 1] for place in range(6)]
    line += [[two, one] for one, two in line]
    basis = ["cz", "rz", "sx", "x", "id"]
    return transpile(circuit, basis_gates=basis, coupling_map=line, optimization_level=seed % 4, seed_transpiler=seed)


def _circuit(make: Callable[[], Any]) -> Callable[[], Any]:
    def made() -> tuple[QuantumCircuit, dict[str, float]]:
        circuit = make()
        return circuit if isinstance(circuit, tuple) else (circuit, {})

    made.__name__ = make.__name__
    _MADE.append(made)
    return made


def _slanted(qubits: int, bits: int) -> QuantumCircuit:
    """Qubits turned by different angles, so that none may take another's place."""
    circuit = QuantumCircuit(qubits, bits)
    for place in range(qubits):
        circuit.ry(0.5 + 0.37 * place, place)
    return circuit


@_circuit
def measure_all() -> QuantumCircuit:
    circuit = _slanted(3, 0)
    circuit.cx(0, 2)
    circuit.measure_all()
    return circuit


@_circuit
def two_registers_of_each_kind() -> QuantumCircuit:
    a, b = QuantumRegister(2, "a"), QuantumRegister(2, "b")
    one, two = ClassicalRegister(1, "one"), ClassicalRegister(3, "two")
    circuit = QuantumCircuit(a, b, one, two)
    circuit.ry(0.7, a[0])
    circuit.cx(a, b)
    circuit.h(b[1])
    circuit.measure([a[0], b[0], b[1]], [two[2], one[0], two[0]])
    return circuit


@_circuit
def loose_bits() -> QuantumCircuit:
    circuit = QuantumCircuit([Qubit(), Qubit()], [Clbit(), Clbit()])
    circuit.ry(0.4, 0)
    circuit.cx(0, 1)
    circuit.x(1)
    circuit.measure([0, 1], [1, 0])
    return circuit


@_circuit
def names_of_keywords() -> QuantumCircuit:
    circuit = QuantumCircuit(
        QuantumRegister(1, "input"), QuantumRegister(1, "gate_"), ClassicalRegister(2, "measure"), name="include"
    )
    circuit.x(0)
    circuit.measure([0, 1], [0, 1])
    return circuit


@_circuit
def qft() -> QuantumCircuit:
    circuit = _slanted(4, 4)
    circuit.append(QFTGate(4), range(4))
    circuit.measure(range(4), range(4))
    return circuit


@_circuit
def grover() -> QuantumCircuit:
    oracle = QuantumCircuit(3)
    oracle.ccz(0, 1, 2)
    circuit = QuantumCircuit(3, 3)
    circuit.h(range(3))
    circuit.compose(grover_operator(oracle), inplace=True)
    circuit.measure(range(3), range(3))
    return circuit


@_circuit
def efficient_su2_bound() -> QuantumCircuit:
    circuit = efficient_su2(3, reps=2)
    circuit = circuit.assign_parameters([0.1 * place for place in range(circuit.num_parameters)])
    circuit.measure_all()
    return circuit


@_circuit
def one_parameter() -> tuple[QuantumCircuit, dict[str, float]]:
    theta = Parameter("theta")
    circuit = QuantumCircuit(2, 2)
    circuit.ry(theta, 0)
    circuit.crx(theta / 2 + 1, 0, 1)
    circuit.measure([0, 1], [0, 1])
    return circuit, {"theta": 0.9}


@_circuit
def a_parameter_in_greek() -> tuple[QuantumCircuit, dict[str, float]]:
    circuit = QuantumCircuit(1, 1)
    circuit.ry(Parameter("θ"), 0)
    circuit.measure(0, 0)
    return circuit, {"θ": 1.2}


@_circuit
def several_parameters() -> tuple[QuantumCircuit, dict[str, float]]:
    alpha, beta = Parameter("alpha"), Parameter("beta")
    circuit = QuantumCircuit(2, 2)
    circuit.ry(alpha * beta, 0)
    circuit.rzz(-beta, 0, 1)
    circuit.rx(alpha - beta, 1)
    circuit.measure([0, 1], [0, 1])
    return circuit, {"alpha": 0.8, "beta": 1.7}


@_circuit
def a_vector_of_parameters() -> tuple[QuantumCircuit, dict[str, float]]:
    vector = ParameterVector("t", 3)
    circuit = QuantumCircuit(3, 3)
    for place in range(3):
        circuit.ry(vector[place], place)
    circuit.measure(range(3), range(3))
    return circuit, {f"t[{place}]": 0.4 + place / 2 for place in range(3)}


@_circuit
def ansatz_with_parameters() -> tuple[QuantumCircuit, dict[str, float]]:
    circuit = real_amplitudes(2, reps=1)
    circuit.measure_all()
    return circuit, {parameter.name: 0.3 * place for place, parameter in enumerate(circuit.parameters)}


@_circuit
def controls_of_many() -> QuantumCircuit:
    circuit = _slanted(5, 5)
    circuit.mcx([0, 1, 2, 3], 4)
    circuit.append(MCPhaseGate(0.7, 3), [0, 1, 2, 4])
    circuit.h(range(5))
    circuit.measure(range(5), range(5))
    return circuit


@_circuit
def controls_on_zero() -> QuantumCircuit:
    gate = QuantumCircuit(1, name="turn", global_phase=0.6)
    gate.ry(0.8, 0)
    gate.t(0)
    circuit = _slanted(3, 3)
    circuit.append(gate.to_gate().control(2, ctrl_state="01"), [2, 0, 1])
    circuit.h(range(3))
    circuit.measure(range(3), range(3))
    return circuit


@_circuit
def powers_and_inverses() -> QuantumCircuit:
    gate = QuantumCircuit(2, name="pair")
    gate.cp(0.7, 0, 1)
    gate.rx(0.3, 0)
    circuit = _slanted(3, 3)
    circuit.append(gate.to_gate().inverse(), [0, 2])
    circuit.append(gate.to_gate().power(3), [1, 2])
    circuit.measure(range(3), range(3))
    return circuit


@_circuit
def unitary_matrix() -> QuantumCircuit:
    circuit = _slanted(3, 3)
    circuit.append(UnitaryGate(random_unitary(4, seed=4)), [2, 0])
    circuit.append(UnitaryGate(np.diag([1, 1j])).control(), [0, 1])
    circuit.h(range(3))
    circuit.measure(range(3), range(3))
    return circuit


@_circuit
def prepared_state() -> QuantumCircuit:
    circuit = QuantumCircuit(2, 2)
    circuit.prepare_state([0.5, 0.5j, -math.sqrt(0.3), math.sqrt(0.2)], [0, 1])
    circuit.h(0)
    circuit.measure([0, 1], [0, 1])
    return circuit


@_circuit
def evolution() -> QuantumCircuit:
    circuit = _slanted(3, 3)
    operator = SparsePauliOp(["XXI", "IZZ", "YIY"], [0.3, 0.7, -0.4])
    circuit.append(PauliEvolutionGate(operator, time=0.9), range(3))
    circuit.measure(range(3), range(3))
    return circuit.decompose(reps=2)


@_circuit
def rare_gates() -> QuantumCircuit:
    circuit = _slanted(3, 3)
    circuit.ecr(0, 2)
    circuit.iswap(1, 0)
    circuit.dcx(2, 1)
    circuit.rzx(0.4, 0, 1)
    circuit.append(GlobalPhaseGate(0.3).control(1), [0])
    circuit.cs(0, 1)
    circuit.csdg(1, 2)
    circuit.ccz(0, 1, 2)
    circuit.r(0.3, 0.4, 0)
    circuit.h(range(3))
    circuit.measure(range(3), range(3))
    return circuit


@_circuit
def initial_reset_and_barriers() -> QuantumCircuit:
    circuit = QuantumCircuit(2, 2)
    circuit.reset([0, 1])
    circuit.ry(0.6, 0)
    circuit.barrier()
    circuit.cx(0, 1)
    circuit.barrier(1)
    circuit.measure([0, 1], [1, 0])
    return circuit


@_circuit
def ancilla_and_spare_bits() -> QuantumCircuit:
    circuit = _slanted(4, 6)
    circuit.cx(3, 0)
    circuit.measure([0, 2], [4, 1])
    return circuit


@_circuit
def if_and_else() -> QuantumCircuit:
    circuit = _slanted(3, 3)
    circuit.measure(0, 0)
    with circuit.if_test((circuit.clbits[0], True)) as otherwise:
        circuit.x(1)
    with otherwise:
        circuit.h(2)
    circuit.measure([1, 2], [1, 2])
    return circuit


@_circuit
def if_on_a_register() -> QuantumCircuit:
    a, b = ClassicalRegister(2, "a"), ClassicalRegister(1, "b")
    circuit = QuantumCircuit(QuantumRegister(3, "q"), a, b)
    circuit.h([0, 1])
    circuit.measure([0, 1], a)
    with circuit.if_test((a, 2)):
        circuit.x(2)
    circuit.measure(2, b[0])
    return circuit


@_circuit
def switch_on_a_register() -> QuantumCircuit:
    a, b = ClassicalRegister(2, "a"), ClassicalRegister(1, "b")
    circuit = QuantumCircuit(QuantumRegister(3, "q"), a, b)
    circuit.h([0, 1])
    circuit.measure([0, 1], a)
    with circuit.switch(a) as case:
        with case(0):
            circuit.ry(0.4, 2)
        with case(1, 3):
            circuit.x(2)
        with case(case.DEFAULT):
            circuit.ry(2.1, 2)
    circuit.measure(2, b[0])
    return circuit


@_circuit
def repeat_while() -> QuantumCircuit:
    circuit = QuantumCircuit(1, 1)
    circuit.x(0)
    circuit.measure(0, 0)
    with circuit.while_loop((circuit.clbits[0], True)):
        circuit.h(0)
        circuit.measure(0, 0)
    circuit.ry(0.7, 0)
    circuit.measure(0, 0)
    return circuit


@_circuit
def loop_with_its_number() -> QuantumCircuit:
    circuit = QuantumCircuit(2, 2)
    number = Parameter("number")
    with circuit.for_loop(range(1, 4), number):
        circuit.ry(number / 5, 0)
        circuit.cx(0, 1)
    circuit.measure([0, 1], [0, 1])
    return circuit


@_circuit
def loop_that_breaks() -> QuantumCircuit:
    circuit = QuantumCircuit(1, 1)
    with circuit.for_loop(range(3)):
        circuit.ry(1.1, 0)
        circuit.measure(0, 0)
        with circuit.if_test((circuit.clbits[0], True)):
            circuit.break_loop()
    return circuit


@_circuit
def expressions() -> QuantumCircuit:
    a, b = ClassicalRegister(2, "a"), ClassicalRegister(1, "b")
    circuit = QuantumCircuit(QuantumRegister(3, "q"), a, b)
    circuit.h([0, 1])
    circuit.measure([0, 1], a)
    with circuit.if_test(expr.logic_or(expr.less(a, 1), expr.bit_and(a[0], a[1]))):
        circuit.x(2)
    with circuit.if_test(expr.equal(expr.bit_xor(a, 1), 3)):
        circuit.ry(0.9, 2)
    circuit.measure(2, b[0])
    return circuit


@_circuit
def delays_and_boxes() -> QuantumCircuit:
    circuit = _slanted(2, 2)
    circuit.delay(100, 0, unit="ns")
    with circuit.box():
        circuit.cx(0, 1)
    circuit.measure([0, 1], [0, 1])
    return circuit


@_circuit
def composite_instruction() -> QuantumCircuit:
    part = QuantumCircuit(2, 1, name="part")
    part.h(0)
    part.measure(0, 0)
    part.barrier()
    part.cx(0, 1)
    circuit = QuantumCircuit(3, 3)
    circuit.append(part.to_instruction(), [2, 0], [1])
    circuit.measure([0, 2], [0, 2])
    return circuit
