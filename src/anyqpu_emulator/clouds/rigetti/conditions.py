"""What processors demand of programs, and the noise that they add, as their architecture has both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from anyqpu_emulator.engines.native import Native
from anyqpu_emulator.engines.noise import NoiseModel

from .architecture import architecture, edges, nodes
from .catalogue import DOUBLE, NOISE, PROCESSORS, RULES, SINGLE, Processor

_OTHERS = ("MEASURE", "RESET")


def native(processor: Processor) -> Native:
    """Return the native form of a processor."""
    gates = [name for name in (*SINGLE, *DOUBLE[processor.family]) if name not in _OTHERS]
    return RULES.native(processor.id, gates, _OTHERS, frozenset(nodes(processor)), edges(processor))


def noise(name: str) -> NoiseModel:
    """Return the noise of a processor. The architecture has fidelities; readout errors of 0 and 1 are equal."""
    processor = PROCESSORS[name]
    document = architecture(processor, "")
    sites = list(_sites([*document["instructions"], *document["benchmarks"]]))

    def by_qubit(wanted: str) -> dict[int, float]:
        return {numbers[0]: value for operation, numbers, value in sites if operation == wanted}

    return NoiseModel(
        readout={number: (1 - value, 1 - value) for number, value in by_qubit("MEASURE").items()},
        errors={
            (operation, numbers): 1 - value
            for operation, numbers, value in sites
            if operation in (*SINGLE, *DOUBLE[processor.family]) and operation not in _OTHERS
        },
        free=frozenset(NOISE["free"]),
        t1=by_qubit("FreeInversionRecovery"),
        t2=by_qubit("FreeInductionDecay"),
        seconds=NOISE["seconds"],
    )


def _sites(operations: list[dict[str, Any]]) -> Iterator[tuple[str, tuple[int, ...], float]]:
    """The name of each operation, the qubits of each of its sites, and its characteristic there."""
    for operation in operations:
        for site in operation["sites"]:
            for characteristic in site["characteristics"]:
                yield operation["name"], tuple(sorted(site["node_ids"])), characteristic["value"]
