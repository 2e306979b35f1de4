"""The native form of a device: what a program consists of that runs on it as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from anyqpu.errors import ValidationError
from anyqpu.model.program import Program, ProgramFormat

GATES: Mapping[ProgramFormat, frozenset[str]] = {
    ProgramFormat.OPENQASM3: frozenset(
        {"p", "x", "y", "z", "h", "s", "sdg", "t", "tdg", "sx", "rx", "ry", "rz", "id", "ccx", "cswap"}
        | {"cx", "cy", "cz", "cp", "crx", "cry", "crz", "ch", "swap", "r", "sxdg", "rxx", "ryy", "rzz", "iswap"}
    ),
    ProgramFormat.IQM_JSON: frozenset({"r", "cz"}),
    ProgramFormat.QUIL: frozenset({"sx", "x", "rz", "cz", "iswap", "cp"}),
    # In a verbatim box.
    ProgramFormat.BRAKET_QASM3: frozenset({"sx", "x", "rz", "r", "cz", "iswap", "cp", "rzz"}),
}
"""The gates, by Qiskit's names, that native programs in a language can be written with."""
Sites = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NativeForm:
    """The gates, qubits and couplings of a device, for a transpiler.

    Attributes:
        device: The device's name, for messages.
        language: The language of native programs.
        gates: The gates by Qiskit's names, with the qubits that each acts on; None: every qubit, or every coupling.
        qubits: The qubits, by their numbers on the device.
        couplings: Pairs that a gate on two qubits can act on, in either order; None: all pairs.
        resets: Whether a qubit can be reset.
        conditions: Whether operations can depend on bits that were measured before.
        fractional: Gates that programs with conditions must not have; `rzz` among them is by 0 to pi/2.
        names: The device's own names of gates, where a language has several.
        errors: The error of a gate or of `measure` on some qubits, as a share of its uses.
        durations: The duration of a gate or of `measure` on some qubits, in seconds.
        times: T1 and T2 of a qubit, in seconds, by `T1` and `T2`.
    """

    device: str
    language: ProgramFormat
    gates: Mapping[str, Sites | None]
    qubits: tuple[int, ...]
    couplings: tuple[tuple[int, int], ...] | None = None
    resets: bool = False
    conditions: bool = False
    fractional: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    errors: Mapping[str, Mapping[tuple[int, ...], float]] = field(default_factory=dict[str, Any], repr=False)
    durations: Mapping[str, Mapping[tuple[int, ...], float]] = field(default_factory=dict[str, Any], repr=False)
    times: Mapping[str, Mapping[int, float]] = field(default_factory=dict[str, Any], repr=False)

    def to_json(self) -> dict[str, Any]:
        """Return the form in JSON's types."""
        return {
            "device": self.device,
            "language": self.language.value,
            "gates": dict(self.gates),
            "qubits": self.qubits,
            "couplings": self.couplings,
            "resets": self.resets,
            "conditions": self.conditions,
            "fractional": self.fractional,
            "names": dict(self.names),
            "errors": {name: [[*site] for site in values.items()] for name, values in self.errors.items()},
            "durations": {name: [[*site] for site in values.items()] for name, values in self.durations.items()},
            "times": {name: [[*entry] for entry in values.items()] for name, values in self.times.items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> NativeForm:
        """Return the form that `to_json` was called on."""
        couplings = data["couplings"]
        return cls(
            device=data["device"],
            language=ProgramFormat(data["language"]),
            gates={
                name: None if sites is None else tuple(tuple(site) for site in sites)
                for name, sites in data["gates"].items()
            },
            qubits=tuple(data["qubits"]),
            couplings=None if couplings is None else tuple((a, b) for a, b in couplings),
            resets=data["resets"],
            conditions=data["conditions"],
            fractional=tuple(data["fractional"]),
            names=dict(data["names"]),
            errors={name: {tuple(site): error for site, error in sites} for name, sites in data["errors"].items()},
            durations={
                name: {tuple(site): value for site, value in sites} for name, sites in data["durations"].items()
            },
            times={name: dict(values) for name, values in data["times"].items()},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TranspileOptions:
    """How `submit(transpile=...)` transpiles: `True` stands for these defaults, a number for a level.

    Raises `ValidationError` for anything else than the values below.

    Attributes:
        level: Qiskit's optimization level, from 0 (fast) to 3 (short programs).
        seed: The same seed gives the same program, for the same device and calibration.
        layout: The device's qubits for the program's, in order; None: chosen by the transpiler.
    """

    level: int = 2
    seed: int = 0
    layout: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        level, seed = _whole(self.level), _whole(self.seed)
        if level is None or level > 3:
            raise ValidationError(
                f"invalid transpile {_shown(self.level)}: expected True, False or a level from 0 to 3",
                fields=("transpile",),
            )
        if seed is None or seed >= 2**32:
            raise ValidationError(
                f"invalid seed {_shown(self.seed)}: expected a whole number from 0, below 2**32", fields=("transpile",)
            )
        if self.layout is not None:
            layout: Any = self.layout
            if not isinstance(layout, list | tuple) or any(_whole(qubit) is None for qubit in layout):  # pyright: ignore[reportUnknownVariableType]
                raise ValidationError(
                    "invalid layout: expected the device's qubits, by their numbers", fields=("transpile",)
                )
            object.__setattr__(self, "layout", tuple(self.layout))


def _shown(value: object) -> str:
    try:
        return f"{value!r:.40}"
    except Exception:  # numbers of thousands of digits, objects of the user's own
        return f"of type {type(value).__name__}"


def _whole(value: Any) -> int | None:
    """Return a whole number from 0; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The size of a circuit.

    Attributes:
        depth: The longest chain of operations, measurements included.
        two_qubit_gates: The number of gates on two or more qubits.
    """

    depth: int
    two_qubit_gates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A classical register of a program: its name and number of bits, and its name in the native program."""

    name: str
    size: int
    native_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NativeProgram:
    """A program in the native form of a device.

    Attributes:
        program: The program as it is sent.
        registers: The classical registers of the original program, in order of declaration.
        layout: The device's qubit on which each qubit of the original program starts.
        before: The size of the original circuit.
        after: The size of the native circuit.
    """

    program: Program
    registers: tuple[Register, ...]
    layout: tuple[int, ...]
    before: Shape
    after: Shape

    @property
    def facts(self) -> dict[str, Any]:
        """What decoding a result needs of it; part of a job's handle."""
        registers = [[register.name, register.size, register.native_name] for register in self.registers]
        return {"registers": registers, "layout": [*self.layout]}
