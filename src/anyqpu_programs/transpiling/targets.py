"""Qiskit's target of a native form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any

from anyqpu.model.native import NativeForm


def target_of(form: NativeForm, *, conditions: bool = False) -> Any:
    """Return the `qiskit.transpiler.Target` of a form: its qubit k is `form.qubits[k]`.

    Errors and durations are those that the cloud gives. With `conditions`, it is that of programs that have them.
    """
    transpiler: Any = import_module("qiskit.transpiler")
    library: Any = import_module("qiskit.circuit.library")
    circuit: Any = import_module("qiskit.circuit")
    standard = library.get_standard_gate_name_mapping()
    place = {qubit: index for index, qubit in enumerate(form.qubits)}
    t1, t2 = form.times.get("T1", {}), form.times.get("T2", {})
    properties = [circuit_properties(transpiler, t1.get(qubit), t2.get(qubit)) for qubit in form.qubits]
    target = transpiler.Target(
        description=form.device, num_qubits=len(form.qubits), qubit_properties=properties if t1 or t2 else None
    )

    def add(instruction: Any, name: str, sites: Iterable[tuple[int, ...]]) -> None:
        values: dict[tuple[int, ...], Any] = {}
        for site in sites:
            error, duration = _at(form.errors.get(name, {}), site), _at(form.durations.get(name, {}), site)
            is_known = error is not None or duration is not None
            measured = transpiler.InstructionProperties(duration=duration, error=error) if is_known else None
            values[tuple(place[qubit] for qubit in site)] = measured
        target.add_instruction(instruction, values)

    for name, sites in form.gates.items():
        gate = standard[name]
        if (gate.num_qubits > 2 and form.couplings is not None) or (conditions and name in form.fractional):
            continue
        if sites is None and gate.num_qubits > 1 and form.couplings is None:
            target.add_instruction(gate)
        else:
            add(gate, name, _sites(form, gate.num_qubits, sites))
    add(circuit.Measure(), "measure", ((qubit,) for qubit in form.qubits))
    if form.resets:
        add(circuit.Reset(), "reset", ((qubit,) for qubit in form.qubits))
    if conditions:
        target.add_instruction(circuit.IfElseOp, name="if_else")
    return target


def _at(values: Mapping[tuple[int, ...], float], site: tuple[int, ...]) -> float | None:
    """Return the value of a site; two qubits may be in either order."""
    return values.get(site, values.get(site[::-1]))


def circuit_properties(transpiler: Any, t1: float | None, t2: float | None) -> Any:
    """Return `QubitProperties` of the times of a qubit, in seconds."""
    return transpiler.QubitProperties(t1=t1, t2=t2)


def _sites(form: NativeForm, width: int, sites: Any) -> Iterator[tuple[int, ...]]:
    if width == 1:
        yield from ((qubit,) for qubit in form.qubits) if sites is None else sites
    else:
        for a, b in form.couplings or () if sites is None else sites:
            # The gates of these devices act on a pair alike in either order.
            yield a, b
            yield b, a
