"""What submits, sessions, batches, processes and reservations cost at least, on emulated clouds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

import anyqpu
from anyqpu import JobStatus, Money, Pricing
from anyqpu.errors import BudgetExceededError
from anyqpu.providers.pasqal import PasqalJob
from anyqpu.testing import EmulatedClouds, emulated
from anyqpu.testing.contract.configuration import RequestLog
from tests.contract.emulated import BELL
from tests.emulator.pasqal.helpers import FLIP

pytestmark = pytest.mark.anyio

FREE = Money(0, "EUR")
SIMULATOR, HARDWARE = "EMU-AER-16C-128M", "QPU-GARNET-20PQ"


@pytest.fixture
async def clouds(anyio_backend: str) -> AsyncIterator[EmulatedClouds]:
    async with emulated(speed="instant") as clouds:
        yield clouds


def euros(text: str) -> Money:
    return Money(text, "EUR")


# Scaleway: a session is paid by the hour


async def test_the_minimum_is_the_idle_time_of_the_session_that_submit_opens(clouds: EmulatedClouds) -> None:
    async with anyqpu.connect("scaleway", prices={SIMULATOR: Pricing(per_hour=euros("4500"))}) as scaleway:
        cost = await scaleway.estimate_cost(SIMULATOR, shots=100)
        assert cost.total is None
        job = await scaleway.submit(BELL, device=SIMULATOR, shots=100, max_cost=euros("4500"))
        assert job.session_id is not None
        raw: Any = (await scaleway.get_session(job.session_id)).raw
        idle = Fraction(str(raw.max_idle_duration).removesuffix("s"))
        # 4,500 EUR / 3,600 s * 60 s = 75 EUR.
        assert cost.minimum is not None
        assert Fraction(cost.minimum.amount) == Fraction(4500, 3600) * idle
        with pytest.raises(BudgetExceededError) as caught:
            await scaleway.submit(BELL, device=SIMULATOR, shots=100, max_cost=cost.minimum - euros("0.01"))
        assert caught.value.minimum == cost.minimum


async def test_hardware_with_a_published_price_is_refused_before_anything_is_uploaded(clouds: EmulatedClouds) -> None:
    sent = RequestLog()
    async with anyqpu.connect("scaleway", max_cost=euros("5"), hooks=sent) as scaleway:
        with pytest.raises(BudgetExceededError, match=f"a job on {HARDWARE} costs at least") as caught:
            await scaleway.submit(BELL, device=HARDWARE, shots=100)
        assert sent.operations == ["ListPlatforms"]
        assert caught.value.estimate == await scaleway.estimate_cost(HARDWARE, shots=100)


async def test_a_simulator_with_a_published_price_of_zero_is_free(clouds: EmulatedClouds) -> None:
    async with anyqpu.connect("scaleway", max_cost=Money(0, "USD")) as scaleway:
        job = await scaleway.submit(BELL, device=SIMULATOR, shots=100)
        assert (await job.wait(timeout=60)).status is JobStatus.COMPLETED


async def test_the_users_prices_take_the_place_of_the_published_ones_one_by_one(clouds: EmulatedClouds) -> None:
    async def minimum(**options: Any) -> Money | None:
        async with anyqpu.connect("scaleway", **options) as scaleway:
            return (await scaleway.estimate_cost(HARDWARE, shots=100)).minimum

    published = await minimum()
    assert published is not None
    # The published price is 4,500 EUR an hour, and a session is idle for 60 s: 4,500 EUR / 3,600 s * 60 s.
    assert published == euros("75")
    assert await minimum(prices={HARDWARE: Pricing(per_hour=euros("2250"))}) == Money(published.amount / 2, "EUR")
    assert await minimum(prices={HARDWARE: {"per_hour": Money(4500, "USD")}}) == Money(published.amount, "USD")
    assert await minimum(prices={HARDWARE: {"per_shot": euros("0.01")}}) == published + euros("1")
    assert await minimum(prices={HARDWARE: FREE}) == FREE
    assert await minimum(prices={HARDWARE: FREE, f"scaleway:{HARDWARE}": {"per_hour": euros("4500")}}) == published
    assert await minimum(prices={f"kipu:{HARDWARE}": FREE}) == published
    async with anyqpu.connect("scaleway", prices={HARDWARE: FREE}) as scaleway:
        by_id = (await scaleway.device(HARDWARE)).id
    assert await minimum(prices={by_id: FREE}) == FREE
    assert await minimum(prices={HARDWARE: {"per_shot": Money(1, "USD")}}) is None


async def test_a_job_in_a_session_of_ones_own_costs_only_itself(clouds: EmulatedClouds) -> None:
    pricing = Pricing(per_hour=euros("4500"), per_circuit=euros("0.30"))
    async with anyqpu.connect("scaleway", prices={SIMULATOR: pricing}) as scaleway:
        session = await scaleway.open_session(SIMULATOR)
        assert (await scaleway.estimate_cost(SIMULATOR, session=session)).minimum == euros("0.30")
        in_session: dict[str, Any] = {"device": SIMULATOR, "shots": 10, "session": session}
        assert (await scaleway.submit(BELL, max_cost=euros("0.30"), **in_session)).session_id == session.id
        # Two circuits of 0.30 EUR.
        with pytest.raises(BudgetExceededError, match=r"at least 0\.60 EUR"):
            await scaleway.submit([BELL, BELL], max_cost=euros("0.59"), **in_session)
        await scaleway.close_session(session)


@pytest.mark.parametrize(
    ("options", "minimum"),
    # 100 EUR an hour are 1 EUR in 36 s; the shorter limit ends a session without a job.
    [
        ({"max_idle": 36}, "1.00"),
        ({"max_idle": timedelta(seconds=36), "max_duration": 18}, "0.50"),
        ({"max_idle": 36, "max_duration": 3600}, "1.00"),
    ],
)
async def test_a_session_costs_its_shortest_length(
    clouds: EmulatedClouds, options: dict[str, Any], minimum: str
) -> None:
    prices = {SIMULATOR: Pricing(per_hour=euros("100"))}
    async with anyqpu.connect("scaleway", prices=prices, max_cost=euros(minimum) - euros("0.01")) as scaleway:
        with pytest.raises(BudgetExceededError, match=f"a session on {SIMULATOR} costs at least {minimum} EUR"):
            await scaleway.open_session(SIMULATOR, **options)
    async with anyqpu.connect("scaleway", prices=prices, max_cost=euros(minimum)) as scaleway:
        await scaleway.close_session(await scaleway.open_session(SIMULATOR, **options))


async def test_a_process_costs_at_least_one_session(clouds: EmulatedClouds) -> None:
    prices = {SIMULATOR: Pricing(per_hour=euros("100"))}
    async with anyqpu.connect("scaleway", prices=prices, max_cost=euros("0.01")) as scaleway:
        with pytest.raises(BudgetExceededError, match="a process on"):
            await scaleway.processes.start("vqe", device=SIMULATOR)
        assert await scaleway.processes.list().first() is None
        process = await scaleway.processes.start("vqe", device=SIMULATOR, max_cost=euros("100"))
        await process.cancel()


# Pasqal: batches


async def test_a_batch_costs_what_its_jobs_cost(clouds: EmulatedClouds) -> None:
    prices = {"EMU_FREE": Pricing(per_circuit=euros("1"), per_shot=euros("0.01"))}
    async with anyqpu.connect("pasqal", prices=prices) as pasqal:
        # Three jobs of 1 EUR, and 60 shots of 0.01 EUR: 3.60 EUR.
        jobs = [PasqalJob(shots) for shots in (10, 20, 30)]
        with pytest.raises(BudgetExceededError, match=r"a batch on EMU_FREE costs at least 3\.60 EUR"):
            await pasqal.batches.create(FLIP, device="EMU_FREE", jobs=jobs, max_cost=euros("3.59"))
        assert await pasqal.batches.list().first() is None
        batch = await pasqal.batches.create(FLIP, device="EMU_FREE", jobs=jobs, open=True, max_cost=euros("3.60"))
        # Two more of 10 shots: 2.20 EUR.
        more = [PasqalJob(10), PasqalJob(10)]
        with pytest.raises(BudgetExceededError, match=r"at least 2\.20 EUR"):
            await pasqal.batches.add(batch, more, max_cost=euros("2.19"))
        assert (await batch.refresh()).jobs_count == 3
        await pasqal.batches.close(batch)
        await batch.results(timeout=60)
        with pytest.raises(BudgetExceededError, match=r"at least 3\.60 EUR"):
            await pasqal.batches.rebatch(batch, max_cost=euros("3.59"))
        # The service chooses the jobs: the cheapest costs 1 EUR and 10 shots.
        with pytest.raises(BudgetExceededError, match=r"at least 1\.10 EUR"):
            await pasqal.batches.rebatch(batch, status="done", max_cost=euros("1.09"))
        again = await pasqal.batches.rebatch(batch, max_cost=euros("3.60"))
        assert again.jobs_count == 3


async def test_a_workload_has_the_price_of_its_backend(clouds: EmulatedClouds) -> None:
    workload: dict[str, Any] = {"backend": "pyqtorch", "config": {}}
    async with anyqpu.connect("pasqal", max_cost=euros("1")) as pasqal:
        with pytest.raises(BudgetExceededError, match="the cost of a workload on pyqtorch is unknown"):
            await pasqal.workloads.create("qadence_circuit", **workload)
        assert await pasqal.workloads.list().first() is None
    async with anyqpu.connect("pasqal", max_cost=euros("1"), prices={"pyqtorch": FREE}) as pasqal:
        assert (await pasqal.workloads.create("qadence_circuit", **workload)).id


async def test_time_on_a_machine_without_sessions_is_not_a_price_of_a_job(clouds: EmulatedClouds) -> None:
    hour = Pricing(per_hour=euros("3000"))
    async with anyqpu.connect("pasqal", prices={"EMU_FREE": hour}, max_cost=euros("1000000")) as pasqal:
        with pytest.raises(BudgetExceededError, match="a session costs 3000 EUR an hour, and its duration is unknown"):
            await pasqal.submit(FLIP, device="EMU_FREE", shots=10)
        with pytest.raises(BudgetExceededError, match="a session on EMU_FREE is unknown") as caught:
            await pasqal.open_session("EMU_FREE")
        assert "If only its jobs cost, give per_hour=Money" in str(caught.value)


# Rigetti: windows with a price


async def test_a_slot_costs_its_own_price(clouds: EmulatedClouds) -> None:
    start = (clouds.now + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    length = timedelta(minutes=15)
    async with anyqpu.connect("rigetti", max_cost=Money("0.01", "USD")) as rigetti:
        slot = await rigetti.find_slots("Aspen-9", start=start, duration=length).first()
        assert slot is not None
        assert slot.price is not None
        with pytest.raises(BudgetExceededError, match="a reservation of Aspen-9 costs at least") as caught:
            await rigetti.reserve(slot)
        assert (caught.value.minimum, caught.value.device) == (slot.price, "Aspen-9")
        with pytest.raises(BudgetExceededError, match="the cost of a reservation of Aspen-9 is unknown") as caught:
            await rigetti.reserve("Aspen-9", start=slot.start, end=slot.end)
        assert "find_slots" in str(caught.value)
        assert await rigetti.reservations().first() is None
    async with anyqpu.connect("rigetti", max_cost=slot.price) as rigetti:
        reservation = await rigetti.reserve(slot)
        assert reservation.price == slot.price


async def test_a_limit_in_euros_does_not_allow_a_price_in_dollars(clouds: EmulatedClouds) -> None:
    async with anyqpu.connect("rigetti", max_cost=euros("1000000")) as rigetti:
        start = datetime.now(UTC) + timedelta(days=1)
        slot = await rigetti.find_slots("Aspen-9", start=start, duration=timedelta(minutes=15)).first()
        assert slot is not None
        with pytest.raises(BudgetExceededError, match=r"USD, which cannot be compared with max_cost of 1000000 EUR"):
            await rigetti.reserve(slot)
