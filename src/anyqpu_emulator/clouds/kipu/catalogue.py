"""The backends: their names, sizes and formats. People write these names into their code; they are stable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, TypeAlias

InputKind: TypeAlias = Literal["qasm", "ionq", "iqm", "ibm", "perceval", "ahs"]

PROVIDERS = ("AZURE", "AWS", "IBM", "QRYD", "QUDORA", "QUANDELA", "IQM", "KIPU")
INPUT_FORMATS = (
    "OPEN_QASM_V1",
    "OPEN_QASM_V2",
    "OPEN_QASM_V3",
    "QIR_V1",
    "BRAKET_OPEN_QASM_V3",
    "BRAKET_AHS_PROGRAM",
    "IONQ_CIRCUIT_V1",
    "QISKIT_QPY",
    "QOQO",
    "PERCEVAL",
    "IQM_JOB_INPUT_V1",
)

Pairs: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Backend:
    """One backend. `pairs` are its coupled qubits; None means that all are coupled."""

    id: str
    internal_id: str
    provider: str
    hardware_provider: str
    display_name: str
    type: str
    technology: str
    qubit_count: int
    max_shots: int
    input_kind: InputKind
    input_formats: tuple[str, ...]
    native_gates: tuple[str, ...]
    other_gates: tuple[str, ...]
    description: str
    location: str
    pairs: Pairs | None = None
    status: str = "ONLINE"
    sessions: bool = False
    calibrated: bool = False
    memory: bool = False

    def configuration(self) -> dict[str, Any]:
        """`configuration` of the published schema."""
        gates = [{"name": name, "native_gate": True} for name in self.native_gates]
        gates += [{"name": name, "native_gate": False} for name in self.other_gates]
        numbers = range(self.qubit_count)
        connectivity: dict[str, Any] = {"fully_connected": self.pairs is None}
        if self.pairs is not None:
            connectivity["graph"] = _graph(numbers, self.pairs)
        configuration: dict[str, Any] = {
            "gates": gates,
            "operations": ["measure", "reset", "barrier"] if self.input_kind not in ("perceval", "ahs") else [],
            "qubit_count": self.qubit_count,
            "connectivity": connectivity,
            "shots_range": {"min": 1, "max": self.max_shots},
            "supported_input_formats": list(self.input_formats),
            "memory_result_supported": self.memory,
            "qubits": [{"id": str(number)} for number in numbers],
            "instructions": [*self.native_gates, *self.other_gates],
        }
        if self.technology == "PHOTONIC":
            modes = {"min_modes": 1, "max_modes": 24, "min_photons": 1, "max_photons": 12}
            configuration["photonic_properties"] = modes
        return configuration


def _graph(numbers: Iterable[int], pairs: Pairs) -> dict[str, list[str]]:
    graph: dict[str, list[str]] = {str(number): [] for number in numbers}
    for first, second in pairs:
        graph[str(first)].append(str(second))
        graph[str(second)].append(str(first))
    return graph


def heavy_hex() -> Pairs:
    """The 156-qubit heavy-hex lattice of IBM's Heron r2: 8 rows of 16, joined by 7 rows of 4."""
    pairs: list[tuple[int, int]] = []
    for row in range(8):
        base = row * 20
        pairs += [(base + i, base + i + 1) for i in range(15)]
        if row < 7:
            columns = (3, 7, 11, 15) if row % 2 == 0 else (1, 5, 9, 13)
            for place, column in enumerate(columns):
                bridge = base + 16 + place
                pairs += [(base + column, bridge), (bridge, base + 20 + column)]
    return tuple(pairs)


def garnet() -> Pairs:
    """The square lattice of IQM Garnet: index 0 is the qubit that IQM calls QB1."""
    rows = ((0, 1), (2, 3, 4, 5, 6), (7, 8, 9, 10, 11), (12, 13, 14, 15, 16), (17, 18, 19))
    along = [(a, b) for row in rows for a, b in pairwise(row)]
    down = [(0, 3), (1, 4), (2, 7), (3, 8), (4, 9), (5, 10), (6, 11)]
    down += [(7, 12), (8, 13), (9, 14), (10, 15), (11, 16), (13, 17), (14, 18), (15, 19)]
    return tuple(along + down)


_QELIB = (
    "h",
    "x",
    "y",
    "z",
    "s",
    "sdg",
    "t",
    "tdg",
    "rx",
    "ry",
    "rz",
    "u1",
    "u2",
    "u3",
    "cx",
    "cz",
    "swap",
    "ccx",
)
_BRAKET = ("h", "x", "y", "z", "s", "si", "t", "ti", "v", "vi", "rx", "ry", "rz", "phaseshift", "i")
_BRAKET_TWO = (
    "cnot",
    "cz",
    "cy",
    "swap",
    "iswap",
    "xx",
    "yy",
    "zz",
    "xy",
    "pswap",
    "cphaseshift",
    "ccnot",
    "cswap",
)
_LIMIT = "Emulated: circuits that act on up to 20 qubits are computed, wider ones where Aer is installed."

_ALL = (
    Backend(
        id="kipu.sim.qsim",
        internal_id="qsim",
        provider="KIPU",
        hardware_provider="KIPU",
        display_name="Kipu qsim Simulator",
        type="SIMULATOR",
        technology="UNKNOWN",
        qubit_count=30,
        max_shots=1_000_000,
        input_kind="qasm",
        input_formats=("OPEN_QASM_V2",),
        native_gates=(),
        other_gates=_QELIB,
        description=f"State-vector simulator. {_LIMIT}",
        location="DE",
    ),
    Backend(
        id="azure.ionq.simulator",
        internal_id="ionq.simulator",
        provider="AZURE",
        hardware_provider="IONQ",
        display_name="IonQ Simulator",
        type="SIMULATOR",
        technology="TRAPPED_ION",
        qubit_count=29,
        max_shots=100_000,
        input_kind="ionq",
        input_formats=("IONQ_CIRCUIT_V1",),
        native_gates=(),
        other_gates=(
            *("x", "y", "z", "rx", "ry", "rz", "h", "s", "si", "t", "ti", "v", "vi"),
            *("not", "cnot", "swap", "xx", "yy", "zz"),
            # The same under the names that its SDK knows.
            *("cx", "sdg", "tdg", "sx", "sxdg"),
        ),
        description="Ideal simulator: exact probabilities. Emulated up to 20 qubits.",
        location="US",
    ),
    Backend(
        id="qudora.sim.xg1",
        internal_id="XG1-Emulator",
        provider="QUDORA",
        hardware_provider="QUDORA",
        display_name="QUDORA XG1 Emulator",
        type="SIMULATOR",
        technology="TRAPPED_ION",
        qubit_count=54,
        max_shots=100_000,
        input_kind="qasm",
        input_formats=("OPEN_QASM_V2", "OPEN_QASM_V3"),
        native_gates=("rx", "ry", "rz", "rzz"),
        # Gates of three qubits have no place in a target whose qubits are all coupled, as its SDK builds it.
        other_gates=tuple(name for name in _QELIB if name not in ("rx", "ry", "rz", "ccx")),
        description=f"Trapped-ion emulator. {_LIMIT}",
        location="DE",
        memory=True,
    ),
    Backend(
        id="aws.sim.sv1",
        internal_id="arn:aws:braket:::device/quantum-simulator/amazon/sv1",
        provider="AWS",
        hardware_provider="AWS",
        display_name="Amazon Braket SV1",
        type="SIMULATOR",
        technology="UNKNOWN",
        qubit_count=34,
        max_shots=100_000,
        input_kind="qasm",
        input_formats=("BRAKET_OPEN_QASM_V3",),
        native_gates=(),
        other_gates=(*_BRAKET, *_BRAKET_TWO),
        description=f"State-vector simulator. {_LIMIT}",
        location="US",
        memory=True,
    ),
    Backend(
        id="ibm.qpu.fez",
        internal_id="ibm_fez",
        provider="IBM",
        hardware_provider="IBM",
        display_name="IBM Fez",
        type="QPU",
        technology="SUPERCONDUCTING",
        qubit_count=156,
        max_shots=100_000,
        input_kind="ibm",
        input_formats=("QISKIT_QPY", "OPEN_QASM_V3"),
        native_gates=("cz", "id", "rx", "rz", "rzz", "sx", "x"),
        other_gates=(),
        description=f"156-qubit processor; sampler with OpenQASM 3. {_LIMIT}",
        location="US",
        pairs=heavy_hex(),
        sessions=True,
        calibrated=True,
        memory=True,
    ),
    Backend(
        id="iqm.qpu.garnet",
        internal_id="garnet",
        provider="IQM",
        hardware_provider="IQM",
        display_name="IQM Garnet",
        type="QPU",
        technology="SUPERCONDUCTING",
        qubit_count=20,
        max_shots=20_000,
        input_kind="iqm",
        input_formats=("IQM_JOB_INPUT_V1",),
        native_gates=("prx", "cz"),
        other_gates=(),
        description=f"20-qubit processor; any pair of qubits may be coupled here. {_LIMIT}",
        location="FI",
        pairs=garnet(),
        calibrated=True,
    ),
    Backend(
        id="aws.quera.aquila",
        internal_id="arn:aws:braket:us-east-1::device/qpu/quera/Aquila",
        provider="AWS",
        hardware_provider="QUERA",
        display_name="QuEra Aquila",
        type="QPU",
        technology="NEUTRAL_ATOMS",
        qubit_count=256,
        max_shots=1_000,
        input_kind="ahs",
        input_formats=("BRAKET_AHS_PROGRAM",),
        native_gates=(),
        other_gates=(),
        description="256-atom analog processor. Emulated: programs with up to 10 atoms are computed.",
        location="US",
    ),
    Backend(
        id="quandela.sim.belenos",
        internal_id="sim:belenos",
        provider="QUANDELA",
        hardware_provider="QUANDELA",
        display_name="Quandela Belenos Simulator",
        type="SIMULATOR",
        technology="PHOTONIC",
        qubit_count=12,
        max_shots=1_000_000,
        input_kind="perceval",
        input_formats=("PERCEVAL",),
        native_gates=(),
        other_gates=(),
        description="Photonic simulator. Emulated: up to 10 photons, and more where Perceval is installed.",
        location="FR",
    ),
)
BACKENDS: dict[str, Backend] = {backend.id: backend for backend in _ALL}
