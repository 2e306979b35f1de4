"""Photonic circuits through the public client and the emulator, against Perceval's exact distributions.

Prints one line of JSON per program and route, and a table at the end. Run as a script, in an environment with
`anyqpu[emulator,perceval]` and perceval-quandela 1.3.1, the judge.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Mapping

import anyio
import perceval as pcvl
from photonic_circuits import Case, cases
from shares import Outcome, judged, report

import anyqpu
from anyqpu_emulator.server import running

SUITE = "perceval"
SHOTS = 10_000
DEVICES = {"kipu": "quandela.sim.belenos", "scaleway": "EMU-SAMPLING-L4"}


def exact(case: Case) -> dict[str, float]:
    """The distribution by Perceval's own strong simulation."""
    probabilities = pcvl.Processor("SLOS", case.experiment).probs()["results"]
    return {str(state): float(share) for state, share in probabilities.items()}


def outcomes() -> Iterator[Outcome]:
    """Every circuit on every route."""
    with running(seed=1, speed="instant", strict=False) as url:
        for case in cases():
            right = exact(case)
            for route in DEVICES:
                yield anyio.run(_submitted, url, route, case, right)


async def _submitted(url: str, route: str, case: Case, right: Mapping[str, float]) -> Outcome:
    options = {} if case.state is None else {"parameters": {"input_state": case.state}}
    try:
        async with anyqpu.connect(route, emulator=url) as client:
            job = await client.submit(case.program, device=DEVICES[route], shots=SHOTS, **options)
            counts = (await job.result(timeout=300)).items[0].fock
    except anyqpu.AnyQPUError as error:
        return Outcome(SUITE, route, case.name, "refused", str(error))
    return judged(SUITE, route, case.name, counts or {}, right)


def control() -> Outcome:
    """A phase that is wrong by 0.3 rad, which has to be noticed."""
    meant, made = (Case("Mach-Zehnder", pcvl.BS() // pcvl.PS(phase) // pcvl.BS(), "|1,0>") for phase in (0.8, 1.1))
    counts = {state: round(SHOTS * share) for state, share in exact(made).items()}
    return judged(SUITE, "control", meant.name, counts, exact(meant))


def main() -> int:
    """Print the outcomes."""
    warnings.simplefilter("ignore")
    return report(outcomes(), control)


if __name__ == "__main__":
    sys.exit(main())
