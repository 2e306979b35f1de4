"""The instruction set architecture of a processor, with made-up calibration values that stay the same."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from .catalogue import CALIBRATION, DOUBLE, SINGLE, Processor


@cache
def nodes(processor: Processor) -> tuple[int, ...]:
    """Return all qubits.

    An Aspen has eight for each octagon, whose number is the tens (and hundreds) of theirs. An Ankaa counts row by row.
    """
    if processor.family == "Ankaa":
        return tuple(node for node in range(processor.rows * processor.columns) if node not in processor.missing)
    return tuple(10 * octagon + corner for octagon in _octagons(processor) for corner in range(8))


@cache
def edges(processor: Processor) -> tuple[tuple[int, int], ...]:
    """Return all couplings: on an Aspen around each octagon, and two to each neighbour; on an Ankaa to neighbours."""
    couplings: list[tuple[int, int]] = []
    if processor.family == "Ankaa":
        for node in nodes(processor):
            beside = (node + 1,) if (node + 1) % processor.columns else ()
            below = node + processor.columns
            couplings += [(node, other) for other in (*beside, below) if other in nodes(processor)]
        return tuple(couplings)
    for octagon in _octagons(processor):
        first = 10 * octagon
        couplings += [(first + corner, first + (corner + 1) % 8) for corner in range(8)]
        if octagon % 10 + 1 < processor.columns:
            couplings += [(first + 1, first + 16), (first + 2, first + 15)]
        if octagon // 10 + 1 < processor.rows:
            couplings += [(first, first + 103), (first + 7, first + 104)]
    return tuple(sorted((min(pair), max(pair)) for pair in couplings))


def architecture(processor: Processor, measured_at: str) -> dict[str, Any]:
    """Return the architecture in the published form; `measured_at` is the time of the calibration."""
    single: Sequence[tuple[int, ...]] = [(node,) for node in nodes(processor)]
    double = edges(processor)

    def operation(name: str, parameters: list[str], sites: Iterable[tuple[int, ...]], count: int) -> dict[str, Any]:
        return {
            "name": name,
            "node_count": count,
            "parameters": [{"name": parameter} for parameter in parameters],
            "characteristics": [],
            "sites": [
                {"node_ids": list(site), "characteristics": [_characteristic(processor, name, site, measured_at)]}
                for site in sites
            ],
        }

    # pyQuil accepts one or two nodes and nothing else, whatever an operation does.
    reset: dict[str, Any] = {"name": "RESET", "node_count": 1, "parameters": [], "sites": [], "characteristics": []}
    benchmarks = [operation(name, [], single, 1) for name in CALIBRATION if not name.isupper()]
    for benchmark in benchmarks:
        if "simultaneous" in benchmark["name"]:
            _merge_sites(benchmark)
    return {
        "name": processor.id,
        "architecture": {
            "family": processor.family,
            "nodes": [{"node_id": node} for node in nodes(processor)],
            "edges": [{"node_ids": list(edge)} for edge in double],
        },
        "instructions": [
            reset,
            *(operation(name, parameters, single, 1) for name, parameters in SINGLE.items()),
            *(operation(name, parameters, double, 2) for name, parameters in DOUBLE[processor.family].items()),
        ],
        "benchmarks": benchmarks,
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


def _merge_sites(benchmark: dict[str, Any]) -> None:
    """Make one site of all qubits, as of a benchmark that runs on all at a time; each characteristic has its qubit."""
    characteristics = [
        {**characteristic, "node_ids": site["node_ids"]}
        for site in benchmark["sites"]
        for characteristic in site["characteristics"]
    ]
    qubits = [node for site in benchmark["sites"] for node in site["node_ids"]]
    benchmark["sites"] = [{"node_ids": qubits, "characteristics": characteristics}]
    benchmark["node_count"] = len(qubits)


def _characteristic(processor: Processor, name: str, site: tuple[int, ...], measured_at: str) -> dict[str, Any]:
    values = CALIBRATION[name]
    fraction = zlib.crc32(f"{processor.id}/{name}/{site}".encode()) / 0xFFFFFFFF
    value = values["best"] + values["deviation"] * fraction
    return {
        "name": values["name"],
        # Twelve digits, as arithmetic may differ in the last ones.
        "value": float(f"{value:.12g}"),
        "timestamp": measured_at,
        "error": float(f"{abs(values['deviation']) / 20:.6g}"),
        "node_ids": None,
        "parameter_values": None,
    }
