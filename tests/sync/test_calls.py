"""Blocking clients: calls, lists, blocks, jobs, threads and errors, over an event loop of each library."""

from __future__ import annotations

import asyncio
import copy
import dataclasses
import gc
import json
import logging
import pickle
import selectors
import socket
import threading
import time
import traceback
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any

import anyio
import pydantic
import pytest
import trio

import anyqpu
import anyqpu.sync
from anyqpu import errors
from anyqpu.providers.kipu import KipuClient
from anyqpu.providers.pasqal import PasqalJob
from anyqpu.sync.blocking import constructed, to_blocking
from anyqpu.sync.runner import Runner
from anyqpu.testing import emulated
from tests.emulator.pasqal.helpers import FLIP

BELL = "examples/bell.qasm"
CALLER: ContextVar[str] = ContextVar("caller", default="none")


@pytest.fixture(params=["asyncio", "trio"])
def event_loop(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def kipu(url: str, event_loop: Any) -> Iterator[anyqpu.sync.KipuClient]:
    with anyqpu.sync.connect("kipu", emulator=url, event_loop=event_loop) as client:
        yield client


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "anyqpu-sync"]


def until_no_thread() -> None:
    for thread in threads():
        thread.join(10)
    assert threads() == []


def test_from_a_program_to_counts(kipu: anyqpu.sync.KipuClient) -> None:
    job = kipu.submit(BELL, device="kipu.sim.qsim", shots=100, key="blocking-1")
    seen: list[Any] = []
    ended = job.wait(on_update=seen.append)
    assert sum(ended.result().counts.values()) == 100
    assert {type(value) for value in (job, ended, *seen)} == {anyqpu.sync.Job}
    assert [change.status for change in job.events()][-1] == "completed"
    by_key = kipu.find("blocking-1")
    assert by_key is not None
    assert by_key.refresh() == kipu.job(job.id) == kipu.resume(job.handle)
    assert kipu.cancel_job(ended).status == "completed"
    assert kipu.attach(job.handle).result().counts == ended.result().counts


def test_a_list_is_iterated_by_item_and_by_page_and_ahead(kipu: anyqpu.sync.KipuClient) -> None:
    pager = kipu.devices()
    devices = list(pager)
    assert devices == pager.collect() == [device for page in kipu.devices().pages() for device in page.items]
    assert pager.first() == devices[0]
    for _ in range(3):
        kipu.submit(BELL, device="kipu.sim.qsim", shots=1)
    with kipu.jobs(page_size=1).prefetch(2) as items:
        first = next(items)
        token = items.resume_token
    assert kipu.jobs(page_size=1, resume_token=token).first() != first
    assert isinstance(first.refresh(), anyqpu.sync.Job)
    assert repr(pager) == "<Pager of kipu getBackends: `for item in pager`, or `pager.collect(limit=10)`>"
    assert kipu.jobs().collect(limit=2)._repr_html_().count("<tr") == 3  # type: ignore[attr-defined]


def test_a_session_is_a_block(url: str, event_loop: Any) -> None:
    with anyqpu.sync.connect("scaleway", emulator=url, event_loop=event_loop) as scaleway:
        with scaleway.session(device="EMU-AER-16C-128M") as session:
            job = session.submit(BELL, shots=10)
            assert session.jobs == [job]
            assert scaleway.get_session(session.id).status in {"starting", "active"}
        assert scaleway.get_session(session.id).status == "closed"
        assert sum(job.result().counts.values()) == 10
        with pytest.raises(ZeroDivisionError), scaleway.session(device="EMU-AER-16C-128M") as session:
            raise ZeroDivisionError
        assert scaleway.get_session(session.id).status == "closed"


def test_parts_and_raw_operations_block(url: str, event_loop: Any, kipu: anyqpu.sync.KipuClient) -> None:
    raw = kipu.raw.get_backends()
    assert raw[0].id == next(iter(kipu.raw.pages.get_backends())).id
    with anyqpu.sync.connect("rigetti", emulator=url, event_loop=event_loop) as rigetti:
        assert rigetti.billing.balance() == rigetti.balance() == anyqpu.Money(1000, "USD")
        assert [group.name for group in rigetti.groups.list()] == ["emulator-lab"]


def test_a_batch_has_blocking_jobs(url: str, event_loop: Any) -> None:
    with anyqpu.sync.connect("pasqal", emulator=url, event_loop=event_loop) as pasqal:
        batch = pasqal.batches.create(FLIP, device="EMU_FREE", jobs=[PasqalJob(shots=10), PasqalJob(shots=20)]).wait()
        assert [type(job) for job in batch.refresh().jobs] == [anyqpu.sync.Job] * 2
        results = batch.results()
        assert [sum(result.counts.values()) for result in results.values()] == [10, 20]
        assert type(results.batch.jobs[0].refresh()) is anyqpu.sync.Job
        assert isinstance(results.batch.refresh(), anyqpu.Batch)
        assert pasqal.batches.list().first() is not None


def test_a_blocking_job_is_data_like_an_asynchronous_one(kipu: anyqpu.sync.KipuClient) -> None:
    job = kipu.submit(BELL, device="kipu.sim.qsim", shots=5).wait()
    for again in (pickle.loads(pickle.dumps(job)), copy.deepcopy(job), anyqpu.sync.Job.from_dict(job.to_dict())):
        assert type(again) is anyqpu.sync.Job
        assert again == job
        assert again.handle == job.handle
        with pytest.raises(errors.ClientStateError, match="this job has no client"):
            again.wait()
    assert dataclasses.asdict(job)["id"] == job.id
    assert dataclasses.replace(job, name="x").refresh().id == job.id
    assert json.loads(pydantic.TypeAdapter(anyqpu.sync.Job).dump_json(job))["id"] == job.id
    assert job.id in job._repr_html_()


def test_errors_are_the_same_with_a_short_traceback(
    kipu: anyqpu.sync.KipuClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(errors.NotFoundError, match="no job 'x'") as caught:
        kipu.job("x")
    frames = traceback.extract_tb(caught.value.__traceback__)
    assert len(frames) == 2
    assert caught.value.__cause__ is None
    monkeypatch.setenv("ANYQPU_TRACEBACKS", "full")
    with pytest.raises(errors.NotFoundError) as caught:
        kipu.job("x")
    assert len(traceback.extract_tb(caught.value.__traceback__)) > 6


def test_a_debug_log_keeps_the_whole_traceback(kipu: anyqpu.sync.KipuClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "anyqpu"), pytest.raises(errors.NotFoundError):
        kipu.job("x")
    (record,) = [record for record in caplog.records if "full traceback" in record.message]
    assert record.exc_info is not None
    assert len(traceback.extract_tb(record.exc_info[2])) > 5


def test_hints_are_in_the_words_of_blocking_code(kipu: anyqpu.sync.KipuClient) -> None:
    block = kipu.session(device="ibm.qpu.fez")
    with pytest.raises(errors.ValidationError) as caught:
        print(block.session)
    assert caught.value.hint == "Use it inside its `with`"


def test_many_threads_share_a_client(kipu: anyqpu.sync.KipuClient) -> None:
    def work(number: int) -> int:
        return kipu.submit(BELL, device="kipu.sim.qsim", shots=number).result().counts.shots

    with ThreadPoolExecutor(16) as pool:
        assert sorted(pool.map(work, range(1, 33))) == list(range(1, 33))
    assert len(threads()) == 1


@pytest.mark.parametrize("outer", ["asyncio", "trio"])
def test_a_thread_with_a_running_loop_is_blocked(url: str, event_loop: Any, outer: str) -> None:
    async def main() -> int:
        kipu = anyqpu.sync.connect("kipu", emulator=url, event_loop=event_loop)
        pager = kipu.jobs()
        with kipu:
            pager.first()
            return sum(kipu.submit(BELL, device="kipu.sim.qsim", shots=7).result().counts.values())

    assert (trio.run(main) if outer == "trio" else asyncio.run(main())) == 7
    until_no_thread()


def test_the_context_of_the_caller_stays_with_it(url: str, event_loop: Any) -> None:
    seen: list[str] = []

    class Hooks(anyqpu.Hooks):
        def on_request(self, event: object) -> None:
            seen.append(CALLER.get())

    with anyqpu.sync.connect("kipu", emulator=url, event_loop=event_loop, hooks=Hooks()) as kipu:
        reset = CALLER.set("caller")
        kipu.devices().first()
        CALLER.reset(reset)
    assert seen
    assert set(seen) == {"none"}


def test_a_callback_cannot_block_the_background_loop(kipu: anyqpu.sync.KipuClient) -> None:
    job = kipu.submit(BELL, device="kipu.sim.qsim", shots=1)
    with pytest.raises(errors.ClientStateError, match="a callback called a blocking method"):
        job.wait(on_update=lambda change: change.refresh())
    assert job.wait().status == "completed"


def test_an_error_of_a_callback_keeps_its_frames(kipu: anyqpu.sync.KipuClient) -> None:
    def fail(job: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError) as caught:
        kipu.submit(BELL, device="kipu.sim.qsim", shots=1).wait(on_update=fail)
    assert traceback.extract_tb(caught.value.__traceback__)[-1].name == "fail"


def test_a_closed_client_says_so(url: str, event_loop: Any) -> None:
    kipu = anyqpu.sync.connect("kipu", emulator=url, event_loop=event_loop)
    job = kipu.submit(BELL, device="kipu.sim.qsim", shots=1)
    kipu.close()
    kipu.close()
    for call in (kipu.devices().first, job.refresh, kipu.__enter__):
        with pytest.raises(errors.ClientStateError, match="the client is closed"):
            call()


def test_closing_leaves_no_thread_and_no_socket(url: str, event_loop: Any) -> None:
    before = sockets()
    first = anyqpu.sync.connect("kipu", emulator=url, event_loop=event_loop)
    second = anyqpu.sync.connect("rigetti", emulator=url, event_loop=event_loop)
    assert threads() == []
    first.devices().first()
    second.devices().first()
    assert len(threads()) == 1
    first.close()
    assert second.devices().first() is not None
    second.close()
    assert threads() == []
    assert sockets() == before


def sockets() -> int:
    """Return the number of open sockets and pollers of this process, without those of the emulator's side."""
    gc.collect()
    kinds = (socket.socket, selectors.BaseSelector)
    return len([thing for thing in gc.get_objects() if isinstance(thing, kinds) and _is_open(thing)])


def _is_open(thing: Any) -> bool:
    if isinstance(thing, socket.socket):
        # A server's end of a connection is at the port that it listens on.
        return thing.fileno() != -1
    return thing.get_map() is not None


def test_a_client_and_a_job_that_are_dropped_close(url: str) -> None:
    job = anyqpu.sync.connect("kipu", emulator=url).submit(BELL, device="kipu.sim.qsim", shots=3)
    gc.collect()
    # The job keeps what it needs.
    assert job.result().counts.shots == 3
    del job
    gc.collect()
    until_no_thread()


def test_closing_ends_calls_in_other_threads(slow_url: str, event_loop: Any) -> None:
    kipu = anyqpu.sync.connect("kipu", emulator=slow_url, event_loop=event_loop)
    job = kipu.submit(BELL, device="kipu.sim.qsim", shots=1)
    with ThreadPoolExecutor(1) as pool:
        waits = pool.submit(job.wait)
        time.sleep(0.1)
        kipu.close()
        with pytest.raises(errors.ClientStateError, match="closed"):
            waits.result(10)
    assert threads() == []


def test_a_handle_is_resumed_without_a_client(url: str, event_loop: Any, kipu: anyqpu.sync.KipuClient) -> None:
    handle = str(kipu.submit(BELL, device="kipu.sim.qsim", shots=9).handle)
    job = anyqpu.sync.resume(handle, event_loop=event_loop)
    assert type(job) is anyqpu.sync.Job
    assert job.result().counts.shots == 9


def test_a_token_comes_from_a_plain_function(url: str, event_loop: Any) -> None:
    def token() -> str:
        return "x"

    with anyqpu.sync.connect("pasqal", emulator=url, token=token, event_loop=event_loop) as pasqal:  # type: ignore[arg-type]
        assert pasqal.devices().first() is not None


def test_the_option_is_checked(url: str) -> None:
    with pytest.raises(errors.ConfigError, match="event_loop"):
        anyqpu.sync.connect("kipu", emulator=url, event_loop="curio")  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="tokens"):
        anyqpu.sync.connect("kipu", emulator=url, tokens="x")  # type: ignore[call-overload]


def test_emulated_clouds_serve_blocking_clients() -> None:
    with emulated(), anyqpu.sync.connect("kipu") as kipu:
        assert kipu.submit(BELL, device="ibm.qpu.fez", shots=4, transpile=False).status


class Own(KipuClient):
    """A client of another package, with a method of its own."""

    async def newest(self, *, limit: int) -> list[anyqpu.Job]:
        """Return `await self.jobs().collect(limit=limit)`."""
        return await self.jobs().collect(limit=limit)


def test_methods_of_a_client_of_another_package_block(url: str, event_loop: Any) -> None:
    client = anyqpu.connect("kipu", emulator=url)
    client.__class__ = Own
    with to_blocking(client, Runner(client, event_loop)) as own:
        own.submit(BELL, device="kipu.sim.qsim", shots=1)
        assert [type(job) for job in own.newest(limit=1)] == [anyqpu.sync.Job]
        assert own.newest.__doc__ == "Return `self.jobs().collect(limit=limit)`."


class Numbers:
    """A part of a client of another package, with an asynchronous generator."""

    def __init__(self, *clients: anyqpu.Client, least: int = 0) -> None:
        self.state = "new"
        self.clients, self.least = clients, least
        self.tasks: set[int] = set()

    async def __aenter__(self) -> Numbers:
        return self

    async def __aexit__(self, kind: object, *details: object) -> bool:
        self.state = "left" if kind is None else "failed"
        return kind is ZeroDivisionError

    async def newest(self) -> list[anyqpu.Job]:
        return [job for client in self.clients for job in await client.jobs().collect(limit=1)]

    async def count(self, to: int) -> AsyncIterator[int]:
        """Yield numbers, and note the tasks in which it runs."""
        self.state, self.tasks = "open", {anyio.get_current_task().id}
        try:
            for number in range(to):
                yield number
                self.tasks.add(anyio.get_current_task().id)
        finally:
            self.tasks.add(anyio.get_current_task().id)
            self.state = "closed"


def test_an_asynchronous_generator_runs_in_one_task(event_loop: Any) -> None:
    numbers = Numbers()
    runner = Runner(numbers, event_loop)
    blocking = to_blocking(numbers, runner)
    assert list(blocking.count(3)) == [0, 1, 2]
    assert numbers.state == "closed"
    assert len(numbers.tasks) == 1
    left = iter(blocking.count(3))
    assert next(left) == 0
    assert numbers.state == "open"
    del left
    gc.collect()
    for _ in range(500):
        if numbers.state == "closed":
            break
        time.sleep(0.01)
    assert numbers.state == "closed"
    assert len(numbers.tasks) == 1
    runner.close()
    assert threads() == []


def test_a_class_of_another_kind_is_made_with_blocking_clients(kipu: anyqpu.sync.KipuClient, event_loop: Any) -> None:
    kipu.submit(BELL, device="kipu.sim.qsim", shots=1)
    made = constructed(Numbers, "counter")
    with made(kipu, least=2, event_loop=event_loop) as numbers:
        assert numbers.least == 2
        assert [type(job) for job in numbers.newest()] == [anyqpu.sync.Job]
    assert numbers.state == "left"
    with pytest.raises(errors.ClientStateError, match="the counter is closed"):
        numbers.newest()
    # The block of the asynchronous object gets the error, and may swallow it.
    with made(event_loop=event_loop) as numbers:
        raise ZeroDivisionError
    assert numbers.state == "failed"
    assert len(threads()) == 1


def test_a_fleet_blocks_and_its_tickets_are_iterated_over() -> None:
    with anyqpu.sync.Fleet("kipu", emulator=True) as fleet:
        tickets = fleet.submit_many([BELL] * 3, device="kipu:kipu.sim.qsim", shots=10)
        done = list(fleet.as_completed(tickets))
        assert sorted(ticket.id for ticket in done) == ["0", "1", "2"]
        assert [outcome.kind for outcome in fleet.gather(tickets)] == ["completed"] * 3
        assert sum(done[0].result().counts.values()) == 10
        assert len(fleet.ledger.entries(state="over")) == 3
