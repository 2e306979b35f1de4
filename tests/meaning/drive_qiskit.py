"""Qiskit circuits through the public client and the emulator, against their exact distributions.

Prints one line of JSON per circuit and route. Runs in an environment with Qiskit and this checkout, as
`python -m tests.meaning` runs it; ANYQPU_EMULATOR says where the emulator is.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from dataclasses import asdict
from pathlib import Path

import anyio

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import anyqpu
from tests.meaning import routes
from tests.meaning.cases import Verdict
from tests.meaning.drive_objects import submitted
from tests.meaning.exact import distribution
from tests.meaning.qiskit_circuits import circuits

_EACH = 4


async def main(url: str) -> None:
    """Every circuit on some routes in turn."""
    available = await routes.discover(url)
    for place, (name, circuit, parameters) in enumerate(circuits()):
        bound = circuit.assign_parameters(parameters) if parameters else circuit
        exact = distribution(bound)
        for step in range(_EACH):
            route = available[(place * _EACH + step) % len(available)]
            async with anyqpu.connect(route.cloud, emulator=url) as client:
                verdict, detail = await submitted(client, route.device, circuit, parameters, exact)
            print(json.dumps(asdict(Verdict("qiskit", route.name, name, verdict, detail))), flush=True)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    anyio.run(main, os.environ["ANYQPU_EMULATOR"])
