"""Pulser sequences through the public client and the emulator, against pulser-simulation's exact distributions.

Prints one line of JSON per program and route, and a table at the end. Run as a script, in an environment with
`anyqpu[emulator,pulser]` and pulser-simulation 1.9.1, the judge.
The exit code is 1 if a program is wrong, or if the control, a phase that is wrong on purpose, is not noticed.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

import anyio
import numpy as np
import pulser
import pulser_simulation
from pulser_sequences import Case, cases
from shares import Outcome, distance, judged, report

import anyqpu
from anyqpu_emulator.engines import pulses, rydberg
from anyqpu_emulator.engines.errors import EngineError
from anyqpu_emulator.server import running

SUITE = "pulser"
SHOTS = {"pasqal": 20_000, "scaleway": 2_000}
DEVICES = {"pasqal": "EMU_FREE", "scaleway": "QPU-FRESNEL-100PQ"}
ALLOWANCE = 0.01
"""Pulser's simulator draws curves through its samples: about half a nanosecond of light at each edge."""


def exact(case: Case) -> dict[str, float]:
    """The distribution by pulser-simulation with its default configuration."""
    variables = dict(case.variables)
    traps = variables.pop("qubits", None)
    sequence = pulser.Sequence.from_abstract_repr(case.text)
    if sequence.is_register_mappable():
        sequence = sequence.build(qubits=traps, **variables)
    elif sequence.is_parametrized():
        sequence = sequence.build(**variables)
    simulation = pulser_simulation.QutipEmulator.from_sequence(sequence, evaluation_times="Minimal")
    return {bits: float(share) for bits, share in simulation.run()[-1].sampling_dist.items()}


def outcomes() -> Iterator[Outcome]:
    """Every sequence on every route."""
    with running(seed=1, speed="instant", strict=False) as url:
        for case in cases():
            right = exact(case)
            yield _on_own_engine(case, right)
            for route in DEVICES:
                yield anyio.run(_submitted, url, route, case, right)


def _on_own_engine(case: Case, right: Mapping[str, float]) -> Outcome:
    """The emulator's own engine before any sampling: what it does not compute, it refuses by name."""
    route = "emulator, own engine"
    try:
        likely = rydberg.probabilities(pulses.parse(case.text, case.variables))
    except EngineError as error:
        return Outcome(SUITE, route, case.name, "refused", str(error))
    width = (len(likely) - 1).bit_length()
    apart = distance({format(place, f"0{width}b"): float(share) for place, share in enumerate(likely)}, right)
    verdict = "right" if apart <= ALLOWANCE else "wrong"
    return Outcome(SUITE, route, case.name, verdict, f"distance {apart:.4f}, at most {ALLOWANCE}")


async def _submitted(url: str, route: str, case: Case, right: Mapping[str, float]) -> Outcome:
    options: dict[str, Any] = {}
    if case.variables:
        options = {"variables": case.variables} if route == "pasqal" else {"parameters": {"variables": case.variables}}
    try:
        async with anyqpu.connect(route, emulator=url) as client:
            job = await client.submit(case.text, device=DEVICES[route], shots=SHOTS[route], **options)
            counts = (await job.result(timeout=300)).counts
    except anyqpu.AnyQPUError as error:
        return Outcome(SUITE, route, case.name, "refused", str(error))
    return judged(SUITE, route, case.name, counts, right, allowance=ALLOWANCE)


def control() -> Outcome:
    """A phase that is wrong by 0.4 rad, which has to be noticed."""
    case = next(case for case in cases() if "Ramsey" in case.name)
    wrong = json.loads(case.text)
    wrong["operations"][-1]["phase"] = case.variables["phi"] + 0.4
    likely = rydberg.probabilities(pulses.parse(json.dumps(wrong), case.variables))
    counts = np.random.default_rng(1).multinomial(SHOTS["pasqal"], likely / likely.sum())
    return judged(SUITE, "control", case.name, {str(bit): int(n) for bit, n in enumerate(counts)}, exact(case))


def main() -> int:
    """Print the outcomes."""
    warnings.simplefilter("ignore")
    # Pulser turns its own warnings on again.
    warnings.showwarning = lambda *_, **__: None
    return report(outcomes(), control)


if __name__ == "__main__":
    sys.exit(main())
