"""Programs as objects of the libraries that people write them with.

No library is imported here: an object is known by the package that its class comes from, and does the writing itself
or through a module that is loaded already, since the object is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from anyqpu.errors import ValidationError
from anyqpu.model.program import Program, ProgramFormat

_DEEPEST = 10
"""Levels of definitions that a Qiskit circuit is decomposed by."""
_MOST_ROUNDS = 100_000
KNOWN = "Qiskit, Cirq, Pulser, Perceval, Braket, pyQuil and quil"


def program_of(source: Any) -> Program:
    """The program that an object is, in the language that loses nothing of it.

    Raises `ValidationError` for an object that is none, or that its own library cannot write down.
    """
    package = next((name for name in _packages(source) if name in _WRITERS), None)
    if package is None:
        raise ValidationError(
            f"a program is a text, a path, a JSON object or an object of {KNOWN}, not {type(source).__name__}",
            fields=("program",),
        )
    try:
        return _WRITERS[package](source)
    except ValidationError:
        raise
    except Exception as error:  # another library's, and of any kind
        raise ValidationError(
            f"{package} cannot write this {type(source).__name__} down: {error}",
            hint="Give the program as text",
            fields=("program",),
        ) from error


def _packages(source: object) -> list[str]:
    """The packages that an object's class and its bases come from; "to_abstract_repr" is Pulser's, whoever's it is."""
    found = [kind.__module__.partition(".")[0] for kind in type(source).__mro__]
    return [*found, "pulser"] if hasattr(source, "to_abstract_repr") else found


def _qiskit(circuit: Any) -> Program:
    qasm3: Any = import_module("qiskit.qasm3")
    circuit = _without_loops(circuit)
    # OpenQASM has no text for complex amplitudes as Qiskit writes them.
    for _ in range(_DEEPEST):
        complex_ones = {each.operation.name for each in circuit.data if _has_complex(each.operation.params)}
        if not complex_ones:
            break
        circuit = circuit.decompose(gates_to_decompose=sorted(complex_ones))
    try:
        text: str = qasm3.dumps(circuit)
    except Exception:  # Qiskit's own, of several kinds
        # Instructions such as Initialize have no text of their own, but consist of those that have.
        text = qasm3.dumps(circuit.decompose(reps=_DEEPEST))
    return Program.from_text(text, where="the circuit")


def _has_complex(parameters: Any) -> bool:
    return any(isinstance(each, complex) for each in parameters)


def _without_loops(circuit: Any) -> Any:
    """The circuit with its `for` loops written out.

    Qiskit writes the parameter of a loop as an integer, and what is computed from it, such as p / 5, as integers too.
    """
    if any(getattr(each.operation, "blocks", ()) for each in circuit.data):
        inner, circuit = circuit.data, circuit.copy_empty_like()
        for each in inner:
            operation = each.operation
            if getattr(operation, "blocks", ()):
                operation = operation.replace_blocks([_without_loops(block) for block in operation.blocks])
            circuit.append(operation, each.qubits, each.clbits)
    loops = [each.operation for each in circuit.data if each.operation.name == "for_loop"]
    if not loops:
        return circuit
    rounds = sum(len(loop.params[0]) for loop in loops)
    if rounds > _MOST_ROUNDS:
        raise ValidationError(
            f"the circuit's for loops have {rounds:,} rounds, and the limit is {_MOST_ROUNDS:,}", fields=("program",)
        )
    passes: Any = import_module("qiskit.transpiler.passes")
    circuit = passes.UnrollForLoops()(circuit)
    for each in circuit.data:
        if each.operation.name == "for_loop" and each.operation.params[1] is not None:
            raise ValidationError(
                "Qiskit cannot write a for loop out that has a parameter and a break or continue",
                hint="Give the program as OpenQASM 3 text",
                fields=("program",),
            )
    return circuit


def _cirq(circuit: Any) -> Program:
    return Program.from_text(circuit.to_qasm(), where="the circuit")


def _pulser(sequence: Any) -> Program:
    return Program.from_text(sequence.to_abstract_repr(), where="the sequence")


def _perceval(thing: Any) -> Program:
    serialization: Any = import_module("perceval.serialization")
    # A processor is an experiment and the computer that would run it.
    text: Any = serialization.serialize(getattr(thing, "experiment", thing))
    if not isinstance(text, str):
        # What it cannot serialise, Perceval gives back as it is.
        raise ValidationError(
            f"Perceval has no text for {type(thing).__name__}",
            hint="Give a circuit, an experiment or a processor",
            fields=("program",),
        )
    return Program(text, ProgramFormat.PERCEVAL)


def _braket(program: Any) -> Program:
    written = program.to_ir() if _is_analog(program) else program.to_ir("OPENQASM")
    if _is_analog(program):
        return Program(written.json(), ProgramFormat.AHS_JSON)
    return Program(written.source, ProgramFormat.BRAKET_QASM3)


def _is_analog(program: Any) -> bool:
    return any(kind.__module__.startswith("braket.ahs") for kind in type(program).__mro__)


def _pyquil(program: Any) -> Program:
    return Program(program.out(), ProgramFormat.QUIL)


def _quil(program: Any) -> Program:
    return Program(program.to_quil(), ProgramFormat.QUIL)


_WRITERS: Mapping[str, Callable[[Any], Program]] = {
    "qiskit": _qiskit,
    "cirq": _cirq,
    "pulser": _pulser,
    "perceval": _perceval,
    "braket": _braket,
    "pyquil": _pyquil,
    "quil": _quil,
}
