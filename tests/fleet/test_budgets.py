"""A budget is reserved with the intent: what it does not cover is not planned, and no request is sent."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from anyqpu import Fleet, Money, Pricing
from anyqpu.errors import AnyQPUError, BudgetExceededError, ConfigError, UnsupportedOperationError, ValidationError
from anyqpu.testing import EmulatedClouds, emulated
from tests.fleet.support import BELL, PATIENCE, SIMULATOR, ledger_in

pytestmark = pytest.mark.anyio


@pytest.fixture
async def clouds(anyio_backend: str) -> AsyncGenerator[EmulatedClouds]:
    async with emulated(speed="fast") as clouds:
        yield clouds


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


async def refused(fleet: Fleet, clouds: EmulatedClouds, number: int, **options: Any) -> AnyQPUError:
    with pytest.raises(BudgetExceededError) as raised:
        await fleet.submit_many([BELL] * number, **{"device": SIMULATOR, "shots": 10, **options})
    assert not clouds.emulator.request_log.entries
    assert await fleet.ledger.entries() == []
    return raised.value


async def test_a_budget_covers_so_many_jobs(clouds: EmulatedClouds) -> None:
    """1.20 EUR each: four fit into 5 EUR, five do not."""
    async with Fleet("kipu", budget=euros("5"), prices={SIMULATOR: euros("1.20")}) as fleet:
        await refused(fleet, clouds, 5)
        tickets = await fleet.submit_many([BELL] * 4, device=SIMULATOR, shots=10)
        with pytest.raises(BudgetExceededError):
            await fleet.submit(BELL, device=SIMULATOR, shots=10)
        await fleet.gather(tickets, timeout=PATIENCE)
        with pytest.raises(BudgetExceededError):
            await fleet.submit(BELL, device=SIMULATOR, shots=10)
        [line] = await fleet.ledger.summary()
        assert (line.entries, line.spent) == (4, euros("4.80"))
    assert len(clouds.jobs()) == 4


async def test_prices_are_of_jobs_or_of_their_parts(clouds: EmulatedClouds) -> None:
    """100 shots of 0.01 EUR and a circuit of 0.30 EUR: 1.30 EUR."""
    prices = {SIMULATOR: Pricing(per_shot=euros("0.01"), per_circuit=euros("0.30"))}
    async with Fleet("kipu", budget=euros("1.29"), prices=prices) as fleet:
        await refused(fleet, clouds, 1, shots=100)
    async with Fleet("kipu", budget=euros("1.30"), prices=prices) as fleet:
        await fleet.submit(BELL, device=SIMULATOR, shots=100)


async def test_an_unknown_price_is_above_each_budget(clouds: EmulatedClouds) -> None:
    async with Fleet("kipu", budget=euros("1000")) as fleet:
        await refused(fleet, clouds, 1)


async def test_a_price_in_another_currency_cannot_be_compared(clouds: EmulatedClouds) -> None:
    async with Fleet("kipu", budget=euros("1000"), prices={SIMULATOR: Money(1, "USD")}) as fleet:
        await refused(fleet, clouds, 1)


async def test_the_prices_of_the_cloud_count_where_it_has_some(clouds: EmulatedClouds) -> None:
    """QPU-GARNET-20PQ is paid by the hour: the shortest session costs more than nothing."""
    async with Fleet("scaleway", budget=euros("0")) as fleet:
        with pytest.raises(BudgetExceededError):
            await fleet.submit(BELL, device="scaleway:QPU-GARNET-20PQ", shots=10)
        assert await fleet.ledger.entries() == []


async def test_a_cancelled_or_refused_job_costs_nothing(clouds: EmulatedClouds) -> None:
    lost = "kipu:no.such.device"
    async with Fleet("kipu", budget=euros("1"), prices={SIMULATOR: euros("1"), lost: euros("1")}) as fleet:
        refused_one = await fleet.submit(BELL, device=lost, shots=10)
        assert (await refused_one.wait(timeout=PATIENCE)).kind == "refused"
        clouds.faults.add(operation="createJob", status=503)
        ticket = await fleet.submit(BELL, device=SIMULATOR, shots=10)
        await ticket.cancel()
        assert (await ticket.wait(timeout=PATIENCE)).kind == "cancelled"
        clouds.faults.clear()
        await (await fleet.submit(BELL, device=SIMULATOR, shots=10)).wait(timeout=PATIENCE)
    assert len(clouds.jobs()) == 1


async def test_a_budget_holds_over_runs_of_the_script(clouds: EmulatedClouds, tmp_path: Path) -> None:
    options: dict[str, Any] = {**ledger_in(tmp_path), "budget": euros("2"), "prices": {SIMULATOR: euros("1")}}
    for _ in range(2):
        async with Fleet("kipu", **options) as fleet:
            await fleet.gather(await fleet.submit_many([BELL] * 2, device=SIMULATOR, shots=10), timeout=PATIENCE)
    async with Fleet("kipu", **options) as fleet:
        with pytest.raises(BudgetExceededError):
            await fleet.submit_many([BELL] * 3, device=SIMULATOR, shots=10)
    async with Fleet("kipu", **{**options, "budget": Money(2, "USD"), "prices": {SIMULATOR: Money(1, "USD")}}) as fleet:
        with pytest.raises(AnyQPUError, match="USD"):
            await fleet.submit_many([BELL] * 2, device=SIMULATOR, shots=10)
    assert len(clouds.jobs()) == 2


INVALID: dict[str, dict[str, Any]] = {
    "a budget that is a number": {"budget": 5},
    "a negative budget": {"budget": Money(-1, "EUR")},
    "no job in flight": {"in_flight": 0},
    "part of a job in flight": {"in_flight": {SIMULATOR: 1.5}},
    "a price that is a number": {"prices": {SIMULATOR: 1}},
    "a list of prices": {"prices": []},
    "no price": {"prices": {"a": Pricing()}},
    "a negative settle time": {"settle": -1},
    "a settle time in words": {"settle": "soon"},
    "a run without a name": {"run": ""},
}


@pytest.mark.parametrize("name", INVALID)
async def test_an_invalid_option_is_a_config_error(name: str) -> None:
    with pytest.raises(ConfigError):
        Fleet("kipu", **INVALID[name])


async def test_a_fleet_needs_clouds_and_one_client_of_each(clouds: EmulatedClouds) -> None:
    with pytest.raises(ConfigError):
        Fleet()
    with pytest.raises(ConfigError):
        async with Fleet("kipu", "kipu"):
            pass
    with pytest.raises(ConfigError):
        async with Fleet("no such cloud"):
            pass


# Choices


async def test_the_shortest_queue_is_chosen(clouds: EmulatedClouds) -> None:
    """Every program of a call counts as waiting for the next ones, and so they spread."""
    async with Fleet("kipu") as fleet:
        choice = fleet.any_of(SIMULATOR, "kipu:azure.ionq.simulator", prefer="queue")
        tickets = await fleet.submit_many([BELL] * 4, device=choice, shots=100)
        assert sorted(ticket.device for ticket in tickets) == ["azure.ionq.simulator"] * 2 + ["kipu.sim.qsim"] * 2


async def test_the_lowest_price_is_chosen(clouds: EmulatedClouds) -> None:
    cheap = "kipu:azure.ionq.simulator"
    async with Fleet("kipu", prices={SIMULATOR: euros("2"), cheap: euros("1")}, budget=euros("10")) as fleet:
        ticket = await fleet.submit(BELL, device=fleet.any_of("kipu", prefer="price"), shots=100)
        assert ticket.device == "azure.ionq.simulator"
        assert (await fleet.ledger.entry(ticket.key)).price == euros("1")


async def test_only_what_fits_is_chosen(clouds: EmulatedClouds) -> None:
    wide = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[25] q;\nbit[25] c;\nh q[0];\nc = measure q;\n'
    async with Fleet("scaleway", "kipu") as fleet:
        garnet = "scaleway:QPU-GARNET-20PQ"
        ticket = await fleet.submit(wide, device=fleet.any_of(garnet, SIMULATOR), shots=10)
        assert ticket.device == "kipu.sim.qsim"
        with pytest.raises(UnsupportedOperationError, match="20 qubits"):
            await fleet.submit(wide, device=fleet.any_of(garnet), shots=10)
        with pytest.raises(UnsupportedOperationError, match="shots"):
            await fleet.submit(BELL, device=fleet.any_of(garnet), shots=10**9)


async def test_a_choice_is_the_same_when_the_script_runs_again(clouds: EmulatedClouds, tmp_path: Path) -> None:
    """Though the queues are others by then."""
    devices = [SIMULATOR, "kipu:azure.ionq.simulator"]
    chosen = []
    for _ in range(2):
        async with Fleet("kipu", **ledger_in(tmp_path)) as fleet:
            ticket = await fleet.submit(BELL, device=fleet.any_of(*devices), shots=100)
            chosen.append((ticket.key, ticket.device))
            await ticket.wait(timeout=PATIENCE)
        devices.reverse()
    assert chosen[0] == chosen[1]


async def test_a_choice_with_a_budget_needs_a_price(clouds: EmulatedClouds) -> None:
    async with Fleet("kipu", budget=euros("10")) as fleet:
        with pytest.raises(BudgetExceededError):
            await fleet.submit(BELL, device=fleet.any_of("kipu"), shots=100)
        with pytest.raises(ValidationError):
            fleet.any_of("kipu", prefer="colour")  # type: ignore[arg-type]
        with pytest.raises(ValidationError):
            fleet.any_of("kipu", kind="colour")
