"""The backends of `catalogue.toml`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from anyqpu_emulator.data import read_toml
from anyqpu_emulator.rules import Rules

InputKind: TypeAlias = Literal["qasm", "ionq", "iqm", "ibm", "perceval", "ahs"]

Pairs: TypeAlias = list[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Backend:
    """One backend. `pairs` are its coupled qubits; None means that all are coupled.

    `max_programs` is how many programs a job may have; None leaves that to the provider.
    """

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
    input_formats: list[str]
    description: str
    location: str
    native_gates: list[str]
    other_gates: list[str]
    other_instructions: list[str] = field(default_factory=list[str])
    pairs: Pairs | None = None
    status: str = "ONLINE"
    sessions: bool = False
    calibrated: bool = False
    memory: bool = False
    max_programs: int | None = None
    access_type: str = "PAY_PER_USE"

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
            "operations": self._operations(),
            "qubit_count": self.qubit_count,
            "connectivity": connectivity,
            "shots_range": {"min": 1, "max": self.max_shots},
            **({} if self.max_programs is None else {"max_pubs_per_job": self.max_programs}),
            "supported_input_formats": self.input_formats,
            "memory_result_supported": self.memory,
            "qubits": [{"id": str(number)} for number in numbers],
            "instructions": [*self.native_gates, *self.other_gates],
        }
        if self.technology == "PHOTONIC":
            modes = {"min_modes": 1, "max_modes": 24, "min_photons": 1, "max_photons": 12}
            configuration["photonic_properties"] = modes
        return configuration

    def _operations(self) -> list[str]:
        """Operations beside gates: those that the backend runs, where the catalogue lists them."""
        if self.input_kind in ("perceval", "ahs"):
            return []
        runs = self.other_instructions or ["measure", "reset"]
        return [*(name for name in ("measure", "reset") if name in runs), "barrier"]


def _graph(numbers: Iterable[int], pairs: Pairs) -> dict[str, list[str]]:
    graph: dict[str, list[str]] = {str(number): [] for number in numbers}
    for first, second in pairs:
        graph[str(first)].append(str(second))
        graph[str(second)].append(str(first))
    return graph


_CATALOGUE = read_toml("clouds/kipu/catalogue.toml")
BACKENDS: dict[str, Backend] = {name: Backend(id=name, **values) for name, values in _CATALOGUE["backends"].items()}
NOISE: dict[str, dict[str, Any]] = _CATALOGUE["noise"]
"""What the noise of a device has besides its calibration."""
ALLOWANCE: dict[str, Any] = _CATALOGUE["allowance"]
"""The machine time that every account has paid in advance."""
RULES = Rules(_CATALOGUE["rules"], NOISE)
