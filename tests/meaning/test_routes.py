"""Recorded programs of every construct, on every gate-model route and through every conversion."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

import pytest

from anyqpu.model.program import ProgramFormat
from anyqpu_emulator.server import running
from tests.meaning import converted, report, routes
from tests.meaning.cases import Case, Verdict
from tests.meaning.corpus import recorded
from tests.meaning.invalid import programs

ROUTES = {
    "kipu: aws.sim.sv1",
    "kipu: azure.ionq.simulator",
    "kipu: ibm.qpu.fez",
    "kipu: kipu.sim.qsim",
    "kipu: qudora.sim.xg1",
    "scaleway: EMU-AER-16C-128M",
    "scaleway: EMU-QSIM-16C-128M",
    "scaleway: QPU-GARNET-20PQ",
}


@pytest.fixture
def anyio_backend() -> str:
    """One event loop: what is tested is the meaning of programs."""
    return "asyncio"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """An emulator; what HTTP libraries log in detail about thousands of requests is not looked at here."""
    loggers = {name: logging.getLogger(name) for name in ("httpcore", "httpx", "anyqpu")}
    levels = {name: logger.level for name, logger in loggers.items()}
    for logger in loggers.values():
        logger.setLevel(logging.WARNING)
    with running(seed=1, strict=False) as address:
        yield address
    for name, logger in loggers.items():
        logger.setLevel(levels[name])


def assert_goals(verdicts: Sequence[Verdict]) -> None:
    """Name each goal that is missed, and the programs that are wrong or refused."""
    lost = report.missed(verdicts)
    others = [
        f"{verdict.verdict}: {verdict.program}: {verdict.detail}" for verdict in verdicts if verdict.verdict != "right"
    ]
    assert not lost, "\n".join([*lost, *sorted(others, reverse=True)[:30]])


@pytest.mark.anyio
async def test_every_gate_model_device_is_a_route(url: str) -> None:
    assert {route.name for route in await routes.discover(url)} == ROUTES


@pytest.mark.anyio
@pytest.mark.parametrize("name", sorted(ROUTES))
async def test_recorded_programs_give_what_qiskit_says(url: str, name: str) -> None:
    cases, judged = recorded()
    # A program runs on half of the routes, of both clouds, and every construct on all of them; `make test-meaning` runs
    # all programs on all routes.
    half, others = (cases[(sorted(ROUTES).index(name) + step) % 2 :: 2] for step in range(2))
    missing = {construct for case in others for construct in case.constructs}
    missing -= {construct for case in half for construct in case.constructs}
    cases = [*half, *(case for case in others if missing.intersection(case.constructs))]
    chosen = [route for route in await routes.discover(url) if route.name == name]
    verdicts = await routes.run(url, routes.chosen(cases, chosen, 1), judged)
    assert len(verdicts) == len(cases)
    assert_goals(verdicts)


@pytest.mark.anyio
async def test_invalid_programs_are_refused_with_their_line(url: str) -> None:
    available = await routes.discover(url)
    # Each on two routes, in turn: all of them on all routes are in `make test-meaning`.
    pairs = [
        (case, available[(place + step) % len(available)]) for place, case in enumerate(programs()) for step in range(2)
    ]
    pairs = [(case, route) for case, route in pairs if not routes.other_rules(case, route)]
    assert_goals(await routes.run(url, pairs, {}))


@pytest.mark.parametrize("target", [ProgramFormat.BRAKET_QASM3, ProgramFormat.IONQ_JSON])
def test_converted_text_is_read_again_with_the_same_distribution(target: ProgramFormat) -> None:
    cases, judged = recorded()
    verdicts = [verdict(case, target) for case in cases if target in converted.targets(case)]
    assert len(verdicts) > 150
    assert_goals(verdicts)
    assert all(judged[verdict.program].exact for verdict in verdicts)


def verdict(case: Case, target: ProgramFormat) -> Verdict:
    judgement = recorded()[1][case.name]
    outcome, detail = converted.verdict_on(target, converted.converted(case, target), None, judgement.exact)
    group = converted.group(case, target)
    return Verdict("conversions", target, case.name, outcome, detail, case.language, group, judgement.readable)
