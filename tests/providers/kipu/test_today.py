"""What Kipu's servers have had since version 3: usage times, filters, lists of programs, prepaid time, and new words.

Source: the types and docstrings of qhub-api 3.3.0. Servers before it are served too.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from anyqpu_raw.kipu.models import Backend, WorkloadResponse
from anyqpu_raw.kipu.models import Job as RawJob

import anyqpu
from anyqpu import Money
from anyqpu.errors import BudgetExceededError, NotFoundError, ValidationError
from anyqpu.providers.kipu import KipuClient, decoders, mapping
from anyqpu.testing import emulated
from tests.providers.kipu.test_normalized import BRAKET, QASM2
from tests.providers.kipu.test_results import X_ON_QUBIT_0
from tests.support.server import Seen, ServerResponse, serving
from tests.transport.conftest import kipu_at

pytestmark = pytest.mark.anyio
GARNET = "iqm.qpu.garnet"


@pytest.fixture
async def kipu(anyio_backend: str) -> AsyncIterator[KipuClient]:
    async with anyqpu.connect("kipu", emulator="lenient") as client:
        yield client


# Usage times


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"usage_time_millis": 1250, "usage_time_state": "MEASURED"}, timedelta(seconds=1.25)),
        ({"usage_time_millis": 1250}, timedelta(seconds=1.25)),
        ({"runtime": 1250}, timedelta(seconds=1.25)),
        ({"runtime": 7, "usage_time_millis": 1250, "usage_time_state": "MEASURED"}, timedelta(seconds=1.25)),
        ({"runtime": 1250, "usage_time_millis": None, "usage_time_state": "A_NEW_WORD"}, timedelta(seconds=1.25)),
        ({"usage_time_millis": 1250, "usage_time_state": "PENDING"}, None),
        ({"usage_time_millis": None, "usage_time_state": "NOT_MEASURABLE"}, None),
        ({}, None),
    ],
)
def test_the_execution_time_of_both_eras(fields: dict[str, Any], expected: timedelta | None) -> None:
    job = mapping.job_of(RawJob.from_dict({"id": "j", "status": "COMPLETED", **fields}), None)  # type: ignore[arg-type]
    assert job.execution_time == expected
    if "runtime" not in fields:
        entry = mapping.workload_of(WorkloadResponse.from_dict({"id": "j", "status": "COMPLETED", **fields}))
        assert entry.execution_time == expected


# Backends


def backend(**fields: Any) -> anyqpu.Device:
    return mapping.device_of(Backend.from_dict({"id": "aqt.qpu.ibex", **fields}))


def test_sdks_are_read_as_names_and_as_objects() -> None:
    old = backend(documentation={"sdks": ["PLANQK", "QISKIT"]})
    new = backend(documentation={"sdks": [{"type": "QHUB", "url": "https://x"}, {"type": "PERCEVAL"}]})
    assert list(old.raw.documentation.sdks) == ["PLANQK", "QISKIT"]
    assert [(sdk.type_, sdk.url or None) for sdk in new.raw.documentation.sdks] == [
        ("QHUB", "https://x"),
        ("PERCEVAL", None),
    ]


def test_a_machine_of_aqt_is_read() -> None:
    device = backend(
        provider="AQT",
        hardware_provider="AQT",
        access_type="PREPAID",
        configuration={"supported_input_formats": ["AQT_JOB_INPUT_V1"], "max_pubs_per_job": 50},
    )
    assert (device.cloud, device.vendor, device.max_circuits) == ("AQT", "AQT", 50)
    assert device.input_formats == ("AQT_JOB_INPUT_V1",)
    assert device.pricing is not None
    assert device.pricing.model == "prepaid"


async def test_a_free_backend_costs_nothing(kipu: KipuClient) -> None:
    device = await kipu.device("quandela.sim.belenos")
    assert device.pricing is not None
    assert device.pricing.model == "free"
    for currency in ("EUR", "USD"):
        estimate = await kipu.estimate_cost(device, shots=100)
        assert estimate.total == Money(0, "EUR")
        with pytest.raises(anyqpu.errors.JobFailedError):
            # Within the budget; the program itself is broken.
            job = await kipu.submit(
                {"command": "probs", "circuit": "x"}, device=device, shots=1, max_cost=Money(0, currency)
            )
            await job.result(timeout=30)
    with pytest.raises(BudgetExceededError):
        await kipu.submit(QASM2, device="kipu.sim.qsim", shots=1, max_cost=Money(0, "EUR"))


# Several programs in one job


@pytest.mark.parametrize(
    ("device", "first", "second"),
    [
        ("qudora.sim.xg1", QASM2, QASM2.replace("x q[0]", "x q[1]; x q[2]")),
        ("aws.sim.sv1", BRAKET, anyqpu.Program(BRAKET.text.replace("x q[0]", "x q[1]; x q[2]"), BRAKET.format)),
    ],
)
async def test_a_list_of_programs_is_one_job(kipu: KipuClient, device: str, first: Any, second: Any) -> None:
    job = await kipu.submit([first, second, first], device=device, shots=40)
    result = await job.result(timeout=60)
    # X on qubit 0 sets bit 0. X on qubits 1 and 2 leaves it, and turns 00 and 11 into 11 and 01, or 10 in bits 2 and 1.
    assert [set(item.counts or ()) & {"001", "111"} != set() for item in result.items] == [True, False, True]
    assert [item.counts.shots for item in result.items if item.counts] == [40, 40, 40]
    shared = await kipu.normalized_result(job)
    assert shared is not None
    assert [dict(item.counts or {}) for item in shared.items] == [dict(item.counts or {}) for item in result.items]
    assert [program.shots for program in await kipu.job_programs(job)] == [40, 40, 40]
    assert isinstance((await kipu.job_input(job))["qasm"], list)
    # What is known of the shots of all together.
    assert job.shots == 120
    assert await kipu.job_shots(job) is None


async def test_a_list_in_two_languages_becomes_one_in_the_first(kipu: KipuClient) -> None:
    other = 'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] c; x q[1]; c = measure q;'
    one = X_ON_QUBIT_0["qudora.sim.xg1"]
    for programs, language in (([one, other], "OPENQASM 2"), ([other, one], "OPENQASM 3")):
        job = await kipu.submit(programs, device="qudora.sim.xg1", shots=10)
        expected = [{"10": 10} if program is other else {"01": 10} for program in programs]
        assert [item.counts for item in (await job.result(timeout=60)).items] == expected
        assert all(text.startswith(language) for text in (await kipu.job_input(job))["qasm"])


async def test_more_programs_than_a_backend_takes_are_refused_before_anything_is_sent(kipu: KipuClient) -> None:
    with pytest.raises(ValidationError, match=r"kipu\.sim\.qsim takes one program in each job, not 2"):
        await kipu.submit([QASM2, QASM2], device="kipu.sim.qsim", shots=1)
    assert (await kipu.device("qudora.sim.xg1")).max_circuits == 100
    with pytest.raises(ValidationError, match="takes 100 programs in each job, not 101"):
        await kipu.submit([QASM2] * 101, device="qudora.sim.xg1", shots=1)
    assert await kipu.jobs().collect() == []


def machine(seen: list[str], **configuration: Any) -> Callable[[Seen], Any]:
    """A server with one backend of that configuration, which takes any job."""
    fields = {"supported_input_formats": ["OPEN_QASM_V2"], **configuration}

    async def handle(request: Seen) -> ServerResponse:
        seen.append(request.method)
        if request.method == "POST":
            return ServerResponse.of_json({**json.loads(request.body), "id": "j", "status": "PENDING"}, 201)
        return ServerResponse.of_json({"id": request.path.rpartition("/")[2], "configuration": fields})

    return handle


async def test_the_shots_of_all_programs_together_have_a_limit(anyio_backend: str) -> None:
    seen: list[str] = []
    limit = {"max_pubs_per_job": 5, "total_shots_range": {"min": 1, "max": 100}}
    async with serving(machine(seen, **limit)) as server, kipu_at(server) as kipu:
        with pytest.raises(ValidationError, match="takes 100 shots in each job, not 3 times 40"):
            await kipu.submit([QASM2] * 3, device="qudora.sim.xg1", shots=40)
        assert seen == ["GET"]
        await kipu.submit([QASM2] * 2, device="qudora.sim.xg1", shots=50)


async def test_a_backend_that_does_not_say_how_many_programs_it_takes_gets_one(anyio_backend: str) -> None:
    """As before the field was there (qhub-quantum 1.18.1); the inputs of IBM and IQM have always been lists."""
    seen: list[str] = []
    async with serving(machine(seen)) as server, kipu_at(server) as kipu:
        with pytest.raises(ValidationError, match="takes one program in each job, not 2"):
            await kipu.submit([QASM2] * 2, device="qudora.sim.xg1", shots=1)
        assert seen == ["GET"]
        assert (await kipu.submit([QASM2], device="qudora.sim.xg1", shots=1)).id == "j"


@pytest.mark.parametrize(("device", "expected"), [("qudora.sim.xg1", 40), ("aws.sim.sv1", 120)])
async def test_the_shots_of_a_list_are_sent_as_the_clouds_own_client_sends_them(
    anyio_backend: str, device: str, expected: int
) -> None:
    """Of each program, but to AWS of all together (qhub-quantum 1.18.1, aws_backend.py)."""
    formats = ["BRAKET_OPEN_QASM_V3", "OPEN_QASM_V2"]
    handle = machine([], max_pubs_per_job=5, supported_input_formats=formats)
    async with serving(handle) as server, kipu_at(server) as kipu:
        program = BRAKET if device.startswith("aws") else QASM2
        await kipu.submit([program] * 3, device=device, shots=40)
    body = json.loads(server.seen[-1].body)
    assert body["shots"] == expected
    assert len(body["input"]["qasm"]) == 3


def test_a_program_of_a_set_that_failed_keeps_its_place() -> None:
    """Braket's schema program_set_executable_failure, version 1."""
    failure = {"inputsIndex": 0, "failureMetadata": {"failureReason": "too deep", "retryable": False}}
    measured = {"inputsIndex": 0, "measurements": [[1, 0], [1, 0]], "measuredQubits": [0, 1]}
    body = {"programResults": [{"executableResults": [failure]}, {"executableResults": [measured]}]}
    first, second = decoders.braket(body)
    assert (first.success, first.error) == (False, "too deep")
    assert second.counts == {"01": 2}


# Lists


async def test_workloads_are_filtered_by_the_server(kipu: KipuClient) -> None:
    program = X_ON_QUBIT_0["kipu.sim.qsim"]
    one = await kipu.submit(program, device="kipu.sim.qsim", shots=1, tags=["mine"], name="first")
    other = await kipu.submit(program, device="qudora.sim.xg1", shots=1)
    await one.wait(timeout=30)
    await other.wait(timeout=30)
    session = await kipu.open_session("ibm.qpu.fez")

    async def listed(**filters: Any) -> list[str]:
        return [entry.id for entry in await kipu.workloads(**filters).collect()]

    assert set(await listed()) == {one.id, other.id, session.id}
    assert await listed(kind="session") == [session.id]
    assert set(await listed(kind="job", status=["COMPLETED"])) == {one.id, other.id}
    assert await listed(status=["FAILED"]) == []
    assert await listed(cloud=["QUDORA"]) == [other.id]
    assert set(await listed(device=["kipu.sim.qsim", "ibm.qpu.fez"])) == {one.id, session.id}
    assert await listed(tags=["mine", "another"]) == [one.id]
    assert len(await listed(origin="own")) == 3
    assert await listed(origin="service_execution") == []
    assert await listed(service_execution="6f2b7e1a-0000-4000-8000-000000000001") == []
    (entry,) = [entry async for entry in kipu.workloads(tags=["mine"])]
    assert (entry.name, entry.tags) == ("first", ("mine",))
    assert entry.execution_time is not None
    with pytest.raises(ValidationError, match="status"):
        await listed(status=["SLEEPING"])
    for wrong in ({"kind": "jobs"}, {"origin": "mine"}, {"tags": "mine"}, {"device": [5]}):
        with pytest.raises(ValidationError):
            kipu.workloads(**wrong)  # type: ignore[arg-type]


async def test_the_filters_are_sent_as_the_document_names_them(anyio_backend: str) -> None:
    """A server that does not know them sends everything; jobs among sessions are left out then."""
    entries = [{"id": "1", "type": "JOB", "status": "PENDING"}, {"id": "2", "type": "SESSION", "status": "OPEN"}]
    page = {"content": entries, "page": 0, "size": 50, "total_elements": 2, "total_pages": 1}

    async def handle(seen: Seen) -> ServerResponse:
        return ServerResponse.of_json(page)

    async with serving(handle) as server, kipu_at(server) as kipu:
        filters: dict[str, Any] = {"status": ["OPEN", "ACTIVE"], "cloud": ["IBM"], "device": ["a"], "tags": ["t"]}
        pager = kipu.workloads(kind="session", origin="own", service_execution="r", **filters)
        assert [entry.id async for entry in pager] == ["2"]
    query = parse_qs(urlsplit(server.seen[0].target).query)
    assert {name: query[name] for name in query.keys() - {"page", "size", "sort"}} == {
        **{"type": ["SESSION"], "status": ["OPEN", "ACTIVE"], "provider": ["IBM"], "backendId": ["a"], "tag": ["t"]},
        **{"origin": ["STANDALONE"], "serviceExecutionId": ["r"]},
    }


async def test_the_calibrations_of_an_interval_are_those_of_each_time_in_it(kipu: KipuClient) -> None:
    """The emulator has one for each full hour."""
    since = datetime(2026, 1, 1, 0, 30, tzinfo=UTC)
    history = await kipu.calibration_history(
        GARNET, since=since, until=since + timedelta(hours=60), page_size=20
    ).collect()
    assert [entry.effective_at for entry in history] == [
        datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour) for hour in range(60, 0, -1)
    ]
    then = await kipu.calibration(GARNET, at=history[7].effective_at)
    assert then is not None
    assert history[7].data == then.data
    assert await kipu.calibration_history("kipu.sim.qsim", since=since).collect() == []
    with pytest.raises(NotFoundError):
        await kipu.calibration_history("ibm.qpu.none", since=since).collect()
    with pytest.raises(ValidationError, match="since"):
        kipu.calibration_history(GARNET, since=datetime(2026, 1, 1))


async def test_jobs_take_of_the_time_that_was_paid_in_advance(anyio_backend: str) -> None:
    async with emulated(speed="real") as clouds, clouds.connect("kipu") as kipu:
        (before,) = await kipu.runtime_minutes.list().collect()
        assert (before.cloud, before.device_ids, before.limit_reached) == ("IQM", (GARNET,), False)
        assert (before.allocated, before.consumed) == (timedelta(hours=1), timedelta(0))
        jobs = [await kipu.submit(X_ON_QUBIT_0[GARNET], device=GARNET, shots=1) for _ in range(5)]
        used = timedelta(0)
        for job in jobs:
            used += (await job.wait(timeout=600)).execution_time or timedelta(0)
        (after,) = await kipu.runtime_minutes.list().collect()
        assert after.consumed == timedelta(seconds=used // timedelta(seconds=1)) > timedelta(0)
        assert after.remaining == after.allocated - after.consumed


# Sessions


def server_without_tags(**keep: bool) -> tuple[Callable[[Seen], Any], list[dict[str, Any]]]:
    """A server that takes no tags of sessions, whose response to the first createSession is lost."""
    sessions: list[dict[str, Any]] = []

    async def handle(seen: Seen) -> ServerResponse:
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
        if seen.method == "POST":
            sent = {name: value for name, value in json.loads(seen.body).items() if name != "tags"}
            sessions.append({**sent, "id": f"s{len(sessions)}", "status": "OPEN", "created_at": now})
            return ServerResponse(drop=True)
        if seen.path == "/workloads":
            content = [
                {"id": session["id"], "type": "SESSION", "status": "OPEN", "created_at": now} for session in sessions
            ]
            return ServerResponse.of_json(
                {"content": content, "page": 0, "size": 50, "total_elements": len(content), "total_pages": 1}
            )
        if seen.path.startswith("/sessions/"):
            return ServerResponse.of_json(next(one for one in sessions if seen.path.endswith(one["id"])))
        return ServerResponse.of_json({"id": "ibm.qpu.fez", "provider": "IBM"})

    return handle, sessions


async def test_a_session_is_found_by_its_key_where_the_server_takes_no_tags(anyio_backend: str) -> None:
    """qhub-api 3.3.0: tags of a session cannot be set; its metadata can."""
    handle, sessions = server_without_tags()
    async with serving(handle) as server, kipu_at(server) as kipu:
        session = await kipu.open_session("ibm.qpu.fez", tags=["mine"])
    assert [session.id] == [made["id"] for made in sessions] == ["s0"]
    assert session.dedup_key is not None
    assert sum(seen.method == "POST" for seen in server.seen) == 1
