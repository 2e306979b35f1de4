"""Qiskit circuits to native programs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

from anyqpu.errors import ValidationError
from anyqpu.model.native import GATES, NativeForm, NativeProgram, Register, Shape, TranspileOptions
from anyqpu.model.program import ProgramFormat
from anyqpu_programs.transpiling import writing
from anyqpu_programs.transpiling.targets import target_of

_CONTROL = frozenset({"if_else", "while_loop", "for_loop", "switch_case", "box", "break_loop", "continue_loop"})
_ROUNDING = 1e-9
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
    circuit = with_if_else(circuit)
    conditions = form.conditions and not _CONTROL.isdisjoint(_names(circuit))
    native = qiskit.transpile(
        circuit,
        target=target_of(form, conditions=conditions),
        optimization_level=options.level,
        seed_transpiler=options.seed,
        initial_layout=layout,
    )
    placed = layout_of(native, form) or form.qubits[: circuit.num_qubits]
    fitting = folded(native, form)
    if fitting is not native and options.level:
        native = _merged(fitting, form)
    return native_program(native, form, names=names, before=shape_of(circuit), layout=placed)


def layout_of(circuit: Any, form: NativeForm) -> list[int] | None:
    """Return the device's qubits on which those of the circuit that was transpiled start; None if it was not."""
    if circuit.layout is None:
        return None
    # Ancillas have the last places. Before Qiskit 2, initial_index_layout(filter_ancillas=True) took others for them.
    count = len(circuit.layout.initial_virtual_layout(filter_ancillas=True))
    return [form.qubits[place] for place in circuit.layout.initial_index_layout()[:count]]


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
    circuit = folded(with_registers(with_if_else(circuit)), form)
    fractional = sorted({*_names(circuit)} & {*form.fractional})
    if fractional and not _CONTROL.isdisjoint(_names(circuit)):
        raise ValidationError(
            f"{' and '.join(fractional)} cannot be in a program with conditions on {form.device}",
            hint="Transpile the circuit for the backend's target, which leaves them out",
        )
    shape = shape_of(circuit)
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


def with_if_else(circuit: Any) -> Any:
    """Return a circuit whose conditions are all in `if_else`; older releases of Qiskit have them on gates too."""
    if not any(_condition(item.operation) is not None for item in circuit.data):
        return circuit
    transpiler: Any = import_module("qiskit.transpiler")
    passes: Any = import_module("qiskit.transpiler.passes")
    return transpiler.PassManager([passes.ConvertConditionsToIfOps()]).run(circuit)


def _condition(operation: Any) -> Any:
    return None if operation.name in {"if_else", "while_loop"} else getattr(operation, "condition", None)


def folded(circuit: Any, form: NativeForm) -> Any:
    """Return a circuit whose `rzz` are by angles from 0 to pi/2, where the device takes no others.

    A turn by pi is a Z on both qubits, and an X on one qubit, before and after, changes the sign. Global phases differ.
    """
    if "rzz" not in form.fractional or not circuit.count_ops().get("rzz"):
        return circuit
    fitting = circuit.copy_empty_like()
    for item in circuit.data:
        if item.operation.name != "rzz":
            fitting.append(item)
            continue
        angle = math.remainder(float(item.operation.params[0]), math.tau)
        if abs(angle) > math.pi / 2 + _ROUNDING:
            angle = math.remainder(angle - math.pi, math.tau)
            for qubit in item.qubits:
                fitting.rz(math.pi, qubit)
        first, second = item.qubits
        if angle < 0:
            fitting.x(first)
        fitting.rzz(min(abs(angle), math.pi / 2), first, second)
        if angle < 0:
            fitting.x(first)
    return fitting


def _merged(circuit: Any, form: NativeForm) -> Any:
    """Return a circuit whose gates on one qubit are as few as possible."""
    transpiler: Any = import_module("qiskit.transpiler")
    passes: Any = import_module("qiskit.transpiler.passes")
    return transpiler.PassManager([passes.Optimize1qGatesDecomposition(target=target_of(form))]).run(circuit)


def _check(circuit: Any, form: NativeForm) -> None:
    if circuit.num_qubits > len(form.qubits):
        raise ValidationError(f"the program has {circuit.num_qubits} qubits, and {form.device} has {len(form.qubits)}")
    control = sorted({name for name in _names(circuit) if name in _CONTROL})
    conditional = any(_condition(item.operation) is not None for item in circuit.data)
    if (control or conditional) and not form.conditions:
        raise ValidationError(
            f"the program has classical control flow, which is not transpiled for {form.device}",
            hint="Measure at the end only, or submit it to a device that runs conditions",
        )
    if others := [name for name in control if name != "if_else"]:
        raise ValidationError(
            f"the program has {' and '.join(others)}, and of control flow only if_else is transpiled for {form.device}"
        )
    if control and [bit for register in circuit.cregs for bit in register] != list(circuit.clbits):
        raise ValidationError("a program with conditions needs each classical bit in one register")
    if not any(name == "measure" for name in _names(circuit)):
        raise ValidationError("the program measures nothing", hint="Measure its qubits, as circuit.measure_all() does")
    if circuit.parameters:
        names = ", ".join(sorted(parameter.name for parameter in circuit.parameters))
        raise ValidationError(f"the circuit's parameters {names} have no value", fields=("parameters",))


def _names(circuit: Any) -> Iterator[str]:
    """The names of all operations, also in blocks."""
    for item in circuit.data:
        yield item.operation.name
        for block in getattr(item.operation, "blocks", ()):
            yield from _names(block)


def _native_names(names: Sequence[str]) -> list[str]:
    """Return names that every language takes: the same where possible."""
    fit = all(_NAME.fullmatch(name) and name not in _TAKEN for name in names) and len({*names}) == len(names)
    return list(names) if fit else [f"c{place}" for place in range(len(names))]
