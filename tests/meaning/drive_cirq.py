"""Cirq circuits through the public client and the emulator, against Cirq's own state vectors.

Prints one line of JSON per circuit and route: as objects on all gate-model routes in turn, as JSON where that is taken.
"""

from __future__ import annotations

import json
import os
import random
import sys
import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import anyio
import cirq
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import anyqpu
from anyqpu.model.program import ProgramFormat
from tests.meaning import routes
from tests.meaning.cases import Verdict
from tests.meaning.drive_objects import submitted

_KEYS = ("a", "b", "c")


def circuits() -> Iterator[tuple[str, cirq.Circuit, list[tuple[str, list[Any]]]]]:
    """Name, circuit without measurements, and which qubits are measured under which key, in order."""
    for seed in range(30):
        rng = random.Random(f"cirq {seed}")
        size = rng.randint(2, 5)
        qubits = cirq.LineQubit.range(size)
        circuit = cirq.Circuit(cirq.ry(0.5 + 0.37 * place)(qubit) for place, qubit in enumerate(qubits))
        for _ in range(12):
            circuit.append(_operation(rng, qubits))
        order = rng.sample(qubits, rng.randint(1, size))
        cuts = sorted(rng.sample(range(1, len(order)), min(len(order) - 1, rng.randint(0, 2))))
        parts = [order[start:end] for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True)]
        yield f"random {seed}", circuit, list(zip(_KEYS, parts, strict=False))


def _operation(rng: random.Random, qubits: list[Any]) -> Any:
    one, two = rng.sample(qubits, 2)
    angle = rng.uniform(-2, 2)
    three = rng.sample(qubits, 3) if len(qubits) > 2 else None
    choices = [
        *(gate(one) for gate in (cirq.H, cirq.X, cirq.Y, cirq.S, cirq.T, cirq.S**-1, cirq.X**0.5, cirq.Y**0.25)),
        *(cirq.rx(angle)(one), cirq.rz(angle)(one), cirq.ZPowGate(exponent=angle)(one)),
        *(gate(one, two) for gate in (cirq.CNOT, cirq.CZ, cirq.SWAP, cirq.ISWAP, cirq.CZ**0.3, cirq.ZZ**angle)),
        *(cirq.X(one).controlled_by(two), cirq.PhasedXZGate.from_matrix(cirq.unitary(cirq.Y**0.7))(one)),
        *((cirq.CCX(*three), cirq.CSWAP(*three), cirq.CCZ(*three)) if three else ()),
    ]
    return rng.choice(choices)


def exact(circuit: cirq.Circuit, measured: list[tuple[str, list[Any]]]) -> dict[str, float]:
    """The joint distribution: the first key's first qubit is bit 0, rightmost."""
    order = sorted(circuit.all_qubits())
    state = cirq.Simulator(dtype=np.complex128).simulate(circuit, qubit_order=order).final_state_vector
    places = [order.index(qubit) for _, part in measured for qubit in part]
    totals: dict[str, float] = defaultdict(float)
    for index, amplitude in enumerate(state):
        bits = [(index >> (len(order) - 1 - place)) & 1 for place in places]
        totals["".join(map(str, reversed(bits)))] += float(abs(amplitude) ** 2)
    return {key: share for key, share in totals.items() if share > 1e-9}


async def main(url: str) -> None:
    """Every circuit on three routes in turn, and as JSON."""
    available = await routes.discover(url)
    for place, (name, circuit, measured) in enumerate(circuits()):
        expected = exact(circuit, measured)
        whole = circuit + cirq.Circuit(cirq.measure(*part, key=key) for key, part in measured)
        chosen = [(available[(place * 3 + step) % len(available)], whole) for step in range(3)]
        chosen += [(route, cirq.to_json(whole)) for route in available if ProgramFormat.CIRQ_JSON in route.formats]
        for route, program in chosen:
            async with anyqpu.connect(route.cloud, emulator=url) as client:
                verdict, detail = await submitted(client, route.device, program, {}, expected)
            form = "JSON" if isinstance(program, str) else "object"
            print(json.dumps(asdict(Verdict("cirq", route.name, f"{name}, {form}", verdict, detail))), flush=True)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    anyio.run(main, os.environ["ANYQPU_EMULATOR"])
