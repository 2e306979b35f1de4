"""Qiskit circuits to native programs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from anyqpu.errors import ValidationError
from anyqpu.model.native import GATES, NativeForm, NativeProgram, Register, Shape, TranspileOptions
from anyqpu.model.program import ProgramFormat
from anyqpu_programs.transpiling import writing
from anyqpu_programs.transpiling.targets import target_of

# A name that all languages of native programs take.
_NAME = re.compile(r"[a-z][A-Za-z0-9]{0,30}", re.ASCII)
_TAKEN = frozenset(
    {"bit", "qubit", "gate", "pi", "tau", "euler", "measure", "reset", "barrier", "include", "input", "output", "const"}
    | {"int", "uint", "float", "bool", "angle", "complex", "array", "if", "else", "for", "while", "in", "def", "let"}
    | {"box", "delay", "duration", "stretch", "end", "return", "extern", "pragma", "defcal", "cal", "ctrl", "inv"}
    | {"pow", "negctrl", "break", "continue", "gphase", "opaque", "qreg", "creg", "switch", "true", "false", "case"}
    | {"default", "mutable", "readonly", "void", "sizeof", "durationof", "sharing", "offset", "q", "a", "b"}
    # A register may not have the name of a gate either.
    | {name.lower() for name in GATES[ProgramFormat.OPENQASM3]}
    | {"u", "u1", "u2", "u3", "cu", "cu1", "cu3", "phase", "cphase", "negate"}
)


def bound(circuit: Any, values: Mapping[str, float]) -> Any:
    """Return a circuit with values for its parameters, by their names."""
    names = {parameter.name for parameter in circuit.parameters}
    if missing := sorted(names - values.keys()):
        raise ValidationError(f"the circuit's parameters {', '.join(missing)} have no value", fields=("parameters",))
    if unknown := sorted(values.keys() - names):
        raise ValidationError(f"the circuit has no parameters {', '.join(unknown)}", fields=("parameters",))
    return circuit.assign_parameters(dict(values)) if values else circuit


def transpiled(
    circuit: Any, form: NativeForm, options: TranspileOptions, *, names: Sequence[str] | None = None
) -> NativeProgram:
    """Return a circuit in the native form of a device; `names` are those of its classical registers.

    Raises `ValidationError` where it has none.
    """
    qiskit: Any = import_module("qiskit")
    _check(circuit, form)
    layout = None
    if options.layout is not None:
        if len(options.layout) != circuit.num_qubits or len({*options.layout}) != circuit.num_qubits:
            raise ValidationError(
                f"the layout has {len(options.layout)} qubits, and the program {circuit.num_qubits} different ones"
            )
        if unknown := sorted({*options.layout} - {*form.qubits}):
            raise ValidationError(f"{form.device} has no qubit {unknown[0]}")
        layout = [form.qubits.index(qubit) for qubit in options.layout]
    native = qiskit.transpile(
        circuit,
        target=target_of(form),
        optimization_level=options.level,
        seed_transpiler=options.seed,
        initial_layout=layout,
    )
    placed = range(circuit.num_qubits) if native.layout is None else native.layout.initial_index_layout(True)
    return native_program(
        native, form, names=names, before=shape_of(circuit), layout=[form.qubits[place] for place in placed]
    )


def native_program(
    circuit: Any,
    form: NativeForm,
    *,
    names: Sequence[str] | None = None,
    before: Shape | None = None,
    layout: Sequence[int] | None = None,
) -> NativeProgram:
    """Return a circuit that is in native gates already; its qubit k is `form.qubits[k]`.

    Raises `ValidationError` for another gate, or a gate on qubits that are not coupled.
    """
    _check(circuit, form)
    shape = shape_of(circuit)
    circuit = with_registers(circuit)
    sizes = [register.size for register in circuit.cregs]
    registers = [
        Register(name=name, size=size, native_name=native)
        for name, size, native in zip(
            names or [register.name for register in circuit.cregs],
            sizes,
            _native_names([register.name for register in circuit.cregs]),
            strict=True,
        )
    ]
    return NativeProgram(
        program=writing.program_of(circuit, form, registers),
        registers=tuple(registers),
        layout=tuple(layout if layout is not None else form.qubits[: circuit.num_qubits]),
        before=before or shape,
        after=shape,
    )


def shape_of(circuit: Any) -> Shape:
    """Return the size of a circuit."""
    return Shape(depth=circuit.depth(), two_qubit_gates=circuit.num_nonlocal_gates())


def with_registers(circuit: Any) -> Any:
    """Return a circuit in which each classical bit is in one register: all in one, `c`, where that is not so."""
    bits = [bit for register in circuit.cregs for bit in register]
    if bits == list(circuit.clbits):
        return circuit
    classical: Any = import_module("qiskit.circuit")
    register = classical.ClassicalRegister(circuit.num_clbits, "c")
    whole = classical.QuantumCircuit(list(circuit.qubits), register, name=circuit.name)
    for item in circuit.data:
        whole.append(item.operation, item.qubits, [register[circuit.find_bit(bit).index] for bit in item.clbits])
    return whole


def _check(circuit: Any, form: NativeForm) -> None:
    if circuit.num_qubits > len(form.qubits):
        raise ValidationError(f"the program has {circuit.num_qubits} qubits, and {form.device} has {len(form.qubits)}")
    if circuit.has_control_flow_op() or any(getattr(item.operation, "condition", None) for item in circuit.data):
        raise ValidationError(f"the program has classical control flow, which is not transpiled for {form.device}")
    if not any(item.operation.name == "measure" for item in circuit.data):
        raise ValidationError("the program measures nothing", hint="Measure its qubits, as circuit.measure_all() does")
    if circuit.parameters:
        names = ", ".join(sorted(parameter.name for parameter in circuit.parameters))
        raise ValidationError(f"the circuit's parameters {names} have no value", fields=("parameters",))


def _native_names(names: Sequence[str]) -> list[str]:
    """Return names that every language takes: the same where possible."""
    fit = all(_NAME.fullmatch(name) and name not in _TAKEN for name in names) and len({*names}) == len(names)
    return list(names) if fit else [f"c{place}" for place in range(len(names))]
