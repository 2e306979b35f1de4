"""The instruction set architecture of a processor, with figures that are made up but stay the same."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from .catalogue import Processor

_SINGLE = (("RX", "theta"), ("RZ", "theta"), ("MEASURE", None), ("I", None))
_DOUBLE = (("CZ", None), ("CPHASE", "theta"), ("XY", "theta"))
# name: (the benchmark's or instruction's characteristic, the best value, how much worse it may be)
_FIGURES: dict[str, tuple[str, float, float]] = {
    "RX": ("fRB", 0.9992, -0.004),
    "RZ": ("fRB", 1.0, 0.0),
    "I": ("fRB", 1.0, 0.0),
    "MEASURE": ("fRO", 0.985, -0.05),
    "CZ": ("fCZ", 0.96, -0.07),
    "CPHASE": ("fCPHASE", 0.95, -0.07),
    "XY": ("fXY", 0.96, -0.07),
    "FreeInversionRecovery": ("T1", 3.2e-5, -1.5e-5),
    "FreeInductionDecay": ("T2", 2.1e-5, -1.1e-5),
    "randomized_benchmark_1q": ("fRB", 0.9992, -0.004),
    "randomized_benchmark_simultaneous_1q": ("fRB", 0.9985, -0.006),
    "readout": ("fRO", 0.985, -0.05),
}


@cache
def nodes(processor: Processor) -> tuple[int, ...]:
    """All qubits: eight for each octagon, whose number is the tens (and hundreds) of theirs."""
    return tuple(10 * octagon + corner for octagon in _octagons(processor) for corner in range(8))


@cache
def edges(processor: Processor) -> tuple[tuple[int, int], ...]:
    """All couplings: around each octagon, and two to each neighbour in the grid."""
    found: list[tuple[int, int]] = []
    for octagon in _octagons(processor):
        first = 10 * octagon
        found += [(first + corner, first + (corner + 1) % 8) for corner in range(8)]
        if octagon % 10 + 1 < processor.columns:
            found += [(first + 1, first + 16), (first + 2, first + 15)]
        if octagon // 10 + 1 < processor.rows:
            found += [(first, first + 103), (first + 7, first + 104)]
    return tuple(sorted((min(pair), max(pair)) for pair in found))


def architecture(processor: Processor, measured_at: str) -> dict[str, Any]:
    """The whole as the document describes it; `measured_at` is when the figures are from."""
    single: Sequence[tuple[int, ...]] = [(node,) for node in nodes(processor)]
    double = edges(processor)

    def operation(name: str, parameter: str | None, sites: Iterable[tuple[int, ...]], count: int) -> dict[str, Any]:
        return {
            "name": name,
            "node_count": count,
            "parameters": [] if parameter is None else [{"name": parameter}],
            "characteristics": [],
            "sites": [
                {"node_ids": list(site), "characteristics": [_figure(processor, name, site, measured_at)]}
                for site in sites
            ],
        }

    reset: dict[str, Any] = {"name": "RESET", "node_count": None, "parameters": [], "sites": [], "characteristics": []}
    benchmarks = [name for name in _FIGURES if not name.isupper()]
    return {
        "name": processor.id,
        "architecture": {
            "family": "Aspen",
            "nodes": [{"node_id": node} for node in nodes(processor)],
            "edges": [{"node_ids": list(edge)} for edge in double],
        },
        "instructions": [
            reset,
            *(operation(name, parameter, single, 1) for name, parameter in _SINGLE),
            *(operation(name, parameter, double, 2) for name, parameter in _DOUBLE),
        ],
        "benchmarks": [operation(name, None, single, 1) for name in benchmarks],
    }


def calibrations(processor: Processor) -> str:
    """Quil-T: the readout and drive frames of every qubit, and a calibration of its pulse and its measurement."""
    blocks: list[str] = []
    for node in nodes(processor):
        drive, readout = 4.0e9 + 1.0e6 * node, 7.0e9 + 1.0e6 * node
        blocks.append(
            f'DEFFRAME {node} "rf":\n'
            f'    DIRECTION: "tx"\n    INITIAL-FREQUENCY: {drive}\n    SAMPLE-RATE: 1000000000.0\n'
            f'DEFFRAME {node} "ro_tx":\n'
            f'    DIRECTION: "tx"\n    INITIAL-FREQUENCY: {readout}\n    SAMPLE-RATE: 1000000000.0\n'
            f"DEFCAL RZ(%theta) {node}:\n"
            f'    SHIFT-PHASE {node} "rf" -1*%theta\n'
            f"DEFCAL RX(pi/2) {node}:\n"
            f'    FENCE {node}\n    PULSE {node} "rf" flat(duration: 4.0e-8, iq: 0.25)\n    FENCE {node}\n'
        )
    return "".join(blocks)


def _octagons(processor: Processor) -> list[int]:
    return [10 * row + column for row in range(processor.rows) for column in range(processor.columns)]


def _figure(processor: Processor, name: str, site: tuple[int, ...], measured_at: str) -> dict[str, Any]:
    characteristic, best, spread = _FIGURES[name]
    chance = zlib.crc32(f"{processor.id}/{name}/{site}".encode()) / 0xFFFFFFFF
    value = best + spread * chance
    # Twelve digits, as arithmetic may differ in the last ones.
    figure = {"name": characteristic, "value": float(f"{value:.12g}"), "timestamp": measured_at}
    return figure | {"error": float(f"{abs(spread) / 20:.6g}"), "node_ids": None, "parameter_values": None}
