"""The controller over gRPC: executions, their keys, their states over time, and their results."""

from __future__ import annotations

import math
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock

from .grpc_calls import ANKAA, FLIP, Caller, calling, key, order, outcomes

SERVICES = "anyqpu_emulator.clouds.rigetti.services"
# RX(-pi/2) RZ(angle) RX(pi/2) flips for an angle of pi, and does nothing for 0.
TURN = "RX(pi/2) 0\nRZ({}) 0\nRX(-pi/2) 0\nMEASURE 0 ro\n"
SWEEP = "DECLARE ro BIT\nDECLARE theta REAL[2]\n" + TURN.format("theta[1]")
WEEK = 7 * 24 * 3600


@pytest.fixture(scope="module")
def shared() -> Iterator[Emulator]:
    with Emulator(seed=5) as emulator:
        yield emulator


@pytest.fixture(scope="module")
def caller(shared: Emulator) -> Iterator[Caller]:
    with calling(shared) as caller:
        yield caller


@pytest.fixture
def slow(clock: ManualClock) -> Iterator[tuple[Emulator, Caller]]:
    """Jobs that wait two seconds and run for three of a clock that stands still, one after another."""
    with Emulator(clock=clock) as emulator, calling(emulator) as caller:
        emulator.set_pace(queue=2, run=3)
        yield emulator, caller


def ones(caller: Caller, job: str) -> set[int]:
    return set(outcomes(caller.result(job), "q0"))


# ---- executions


def test_a_job_for_each_configuration_in_their_order(caller: Caller) -> None:
    angles = [0.0, math.pi, math.pi, 0.0, math.pi]
    jobs = caller.run(SWEEP, 50, *({"theta": [1.0, angle]} for angle in angles))
    assert len(set(jobs)) == len(angles)
    assert [ones(caller, job) for job in jobs] == [{round(angle / math.pi)} for angle in angles]


@pytest.mark.parametrize(
    ("declared", "angle", "values"),
    [
        ("n INTEGER[2]", "pi*n[1]", [0, 1]),
        ("b BIT[2]", "pi*b[1]", b"\x00\x01"),
        ("o OCTET[2]", "pi*o[1]/200", b"\x00\xc8"),
        ("x REAL", "x", [math.pi]),
        # Rigetti's client sends doubles, whatever the type is.
        ("n INTEGER[2]", "pi*n[1]", [0.0, 1.0]),
    ],
)
def test_memory_of_each_kind(caller: Caller, declared: str, angle: str, values: Any) -> None:
    [job] = caller.run(
        f"DECLARE ro BIT\nDECLARE {declared}\n" + TURN.format(angle), 20, {declared.split(maxsplit=1)[0]: values}
    )
    assert ones(caller, job) == {1}


@pytest.mark.parametrize(
    ("memory", "word"),
    [
        ({"theta": [1.0]}, "2 elements, not 1"),
        ({"theta": [1.0, 2.0, 3.0]}, "2 elements, not 3"),
        ({"theta": []}, "not 0"),
        ({"phi": [1.0]}, "'phi'"),
        ({"theta": [1.0, math.nan]}, "finite"),
        ({"theta": [math.inf, 1.0]}, "finite"),
    ],
)
def test_all_or_none_of_the_configurations_are_queued(
    shared: Emulator, caller: Caller, memory: dict[str, list[float]], word: str
) -> None:
    job, before = caller.translate(SWEEP).job, len(shared.jobs())
    code, message = caller.fails("ExecuteControllerJob", **order(job, {"theta": [0.0, 0.0]}, memory))
    assert (code, word in message) == ("INVALID_ARGUMENT", True), message
    assert len(shared.jobs()) == before


def test_what_an_execution_lacks(caller: Caller) -> None:
    job = caller.translate(FLIP).job
    for wrong, word in (
        ({"quantum_processor_id": ANKAA}, "encrypted job"),
        ({**order(job), "execution_configurations": []}, "execution_configurations"),
        ({**order(job), "execution_configurations": order(job)["execution_configurations"] * 501}, "500"),
        ({"encrypted": job}, "quantum_processor_id or endpoint_id"),
    ):
        code, message = caller.fails("ExecuteControllerJob", **wrong)
        assert (code, word in message) == ("INVALID_ARGUMENT", True), message


def test_targets(caller: Caller) -> None:
    job = caller.translate(FLIP).job
    [made] = caller.execute(job, endpoint_id="ankaa-3-default")
    assert outcomes(caller.result(made, endpoint_id="ankaa-3-default"), "q3") == [1] * 100
    assert caller.status(made).status == 3
    for target, expected in (
        ({"quantum_processor_id": "Nowhere-1"}, "NOT_FOUND"),
        ({"endpoint_id": "nowhere"}, "NOT_FOUND"),
        ({"endpoint_id": "aspen-9-busy"}, "UNAVAILABLE"),
        ({"quantum_processor_id": "Aspen-9"}, "INVALID_ARGUMENT"),
        ({"endpoint_id": "aspen-9-default"}, "INVALID_ARGUMENT"),
    ):
        fields = {**order(job), **target}
        if "endpoint_id" in target:
            del fields["quantum_processor_id"]
        assert caller.fails("ExecuteControllerJob", **fields)[0] == expected
    # A job of another processor does not exist here.
    for name, field in (("GetControllerJobStatus", "job_id"), ("GetControllerJobResults", "job_execution_id")):
        assert caller.fails(name, **{field: made}, quantum_processor_id="Aspen-9")[0] == "NOT_FOUND"
        assert caller.fails(name, **{field: "nothing"}, quantum_processor_id=ANKAA)[0] == "NOT_FOUND"
    assert caller.fails("CancelControllerJobs", job_ids=[made, "x"], quantum_processor_id=ANKAA)[0] == "NOT_FOUND"


def test_an_aspen_is_served_too(caller: Caller) -> None:
    [job] = caller.run("DECLARE ro BIT\nRX(pi) 0\nMEASURE 0 ro\n", 10, processor="Aspen-9")
    assert outcomes(caller.result(job, quantum_processor_id="Aspen-9"), "q0") == [1] * 10


def test_a_large_request_and_a_large_response(caller: Caller) -> None:
    qubits = range(10)
    measured = "".join(f"RX(pi) {qubit}\nMEASURE {qubit} ro[{qubit}]\n" for qubit in qubits)
    quil = f"DECLARE ro BIT[10]\nDECLARE theta REAL[90000]\nRZ(theta[7]) 0\n{measured}"
    # 720 kB each way through windows of 64 kB, and a megabyte back.
    [job] = caller.run(quil, 100_000, {"theta": [0.5] * 90_000})
    result = caller.result(job)
    assert all(outcomes(result, f"q{qubit}") == [1] * 100_000 for qubit in qubits)


# ---- keys


def test_a_key_that_comes_again_returns_the_same_jobs(shared: Emulator, caller: Caller) -> None:
    job, mine, other = caller.translate(SWEEP).job, uuid.uuid4(), uuid.uuid4()
    memories = [{"theta": [0.0, 0.0]}] * 3
    first = caller.execute(job, *memories, idempotency_key=key(mine))
    assert caller.execute(job, *memories, idempotency_key=key(mine)) == first
    assert not set(caller.execute(job, *memories, idempotency_key=key(other))) & set(first)
    assert len(shared.effects(cloud="rigetti", kind="execution", key=str(mine))) == 3


@pytest.mark.parametrize("value", [uuid.UUID(int=0), uuid.uuid1(), uuid.UUID(int=5), uuid.UUID(int=(1 << 128) - 1)])
def test_a_key_is_a_uuid_of_version_4(caller: Caller, value: uuid.UUID) -> None:
    fields = order(caller.translate(FLIP).job, idempotency_key=key(value))
    code, message = caller.fails("ExecuteControllerJob", **fields)
    assert (code, "version 4" in message) == ("INVALID_ARGUMENT", True)


def test_a_key_is_known_after_its_translation_has_expired_and_after_a_restart(
    clock: ManualClock, tmp_path: Path
) -> None:
    state, mine = tmp_path / "state.sqlite", key(uuid.uuid4())
    with Emulator(clock=clock, state=state) as emulator, calling(emulator) as caller:
        job = caller.translate(FLIP).job
        ids = caller.execute(job, idempotency_key=mine)
        before = outcomes(caller.result(ids[0]), "q3")
    clock.advance(24 * 3600)
    with Emulator(clock=clock, state=state) as emulator, calling(emulator) as caller:
        assert caller.execute(job, idempotency_key=mine) == ids
        assert outcomes(caller.result(ids[0]), "q3") == before
        # The key of the encryption is kept too, so the job is stale and not foreign.
        assert caller.fails("ExecuteControllerJob", **order(job))[0] == "FAILED_PRECONDITION"


def test_many_requests_with_one_key_at_a_time_make_one_job(shared: Emulator, caller: Caller) -> None:
    job, mine = caller.translate(FLIP).job, uuid.uuid4()
    calls = [caller.start("ExecuteControllerJob", **order(job, idempotency_key=key(mine))) for _ in range(20)]
    assert len({tuple(call.result().job_execution_ids) for call in calls}) == 1
    assert len(shared.effects(kind="execution", key=str(mine))) == 1


def test_batches(shared: Emulator, caller: Caller) -> None:
    job, mine = caller.translate(SWEEP).job, uuid.uuid4()
    first = order(job, {"theta": [0.0, 0.0]}, {"theta": [0.0, math.pi]})
    second = order(job, {"theta": [0.0, math.pi]})
    fields = {"requests": [first, second], "idempotency_key": key(mine)}
    ids = [list(part.job_execution_ids) for part in caller("BatchExecuteControllerJobs", **fields).responses]
    assert [[ones(caller, job_id) for job_id in part] for part in ids] == [[{0}, {1}], [{1}]]
    again = [list(part.job_execution_ids) for part in caller("BatchExecuteControllerJobs", **fields).responses]
    assert again == ids
    before = len(shared.jobs())
    wrong = order(job, {"theta": [0.0]})
    assert caller.fails("BatchExecuteControllerJobs", requests=[first, wrong])[0] == "INVALID_ARGUMENT"
    assert caller.fails("BatchExecuteControllerJobs")[0] == "INVALID_ARGUMENT"
    assert len(shared.jobs()) == before


# ---- states over time


def test_a_job_over_time(slow: tuple[Emulator, Caller], clock: ManualClock) -> None:
    emulator, caller = slow
    [job], [behind] = caller.run(), caller.run()
    emulator.wait_for_computations(10)
    words = []
    for _ in range(9):
        words.append((caller.word(job), caller.word(behind)))
        clock.advance(1)
    # Two seconds of waiting and three of running; the other one begins when this one ends.
    queued, running, over = "QUEUED", "RUNNING", "SUCCEEDED"
    assert words[:2] == [(queued, queued)] * 2
    assert words[2:5] == [(running, queued)] * 3
    assert words[5:8] == [(over, running)] * 3
    assert words[8] == (over, over)
    assert caller.result(job).execution_duration_microseconds == 3_000_000


def test_the_estimated_delay(slow: tuple[Emulator, Caller], clock: ManualClock) -> None:
    emulator, caller = slow
    [job], [behind] = caller.run(), caller.run()
    emulator.wait_for_computations(10)
    for passed in (0, 1):
        for job_id, end in ((job, 5), (behind, 8)):
            delay = caller.status(job_id).estimated_job_completion_delay
            assert delay.minimum.ToTimedelta().total_seconds() == end - passed
            assert delay.maximum.ToTimedelta() > delay.minimum.ToTimedelta()
            assert delay.now.ToNanoseconds() == round(clock.wall() * 1e9)
        clock.advance(1)
    clock.advance(60)
    assert not caller.status(job).HasField("estimated_job_completion_delay")
    emulator.faults.add(operation="ExecuteControllerJob", stuck="queued")
    [stuck] = caller.run()
    assert not caller.status(stuck).HasField("estimated_job_completion_delay")


def test_a_late_result_is_post_processing(clock: ManualClock) -> None:
    with Emulator(clock=clock) as emulator, calling(emulator) as caller:
        emulator.faults.add(operation="ExecuteControllerJob", late=10)
        [job] = caller.run()
        emulator.wait_for_computations(10)
        assert caller.word(job) == "POST_PROCESSING"
        held = caller.start("GetControllerJobResults", job_execution_id=job, quantum_processor_id=ANKAA)
        clock.advance(10)
        assert outcomes(held.result().result, "q3") == [1] * 100
        assert caller.word(job) == "SUCCEEDED"


def test_results_are_held_until_the_end_without_threads(slow: tuple[Emulator, Caller], clock: ManualClock) -> None:
    emulator, caller = slow
    [job] = caller.run()
    emulator.wait_for_computations(10)
    fields = {"job_execution_id": job, "quantum_processor_id": ANKAA}
    first = caller.start("GetControllerJobResults", **fields)
    caller.status(job)
    before = threading.active_count()
    held = [first, *(caller.start("GetControllerJobResults", **fields) for _ in range(200))]
    caller.status(job)
    assert threading.active_count() == before
    assert not any(call.done() for call in held)
    clock.advance(5)
    assert all(outcomes(call.result().result, "q3") == [1] * 100 for call in held)


def test_held_calls_end_with_their_client_or_their_deadline(
    slow: tuple[Emulator, Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    emulator, caller = slow
    [job] = caller.run()
    fields = {"job_execution_id": job, "quantum_processor_id": ANKAA}
    assert caller.fails("GetControllerJobResults", 0.2, **fields)[0] == "DEADLINE_EXCEEDED"
    # Those that are left make place for others.
    monkeypatch.setattr(f"{SERVICES}.MOST_HELD", 2)
    held = [caller.start("GetControllerJobResults", **fields) for _ in range(2)]
    while caller.fails("GetControllerJobResults", 0.3, **fields)[0] != "RESOURCE_EXHAUSTED":
        pass
    for call in held:
        call.cancel()
    while caller.fails("GetControllerJobResults", 0.3, **fields)[0] != "DEADLINE_EXCEEDED":
        pass
    monkeypatch.setattr(f"{SERVICES}.HELD_SECONDS", 0.1)
    code, message = caller.fails("GetControllerJobResults", **fields)
    assert (code, "not over after 0.1 s" in message) == ("DEADLINE_EXCEEDED", True)
    assert {entry.grpc_status for entry in emulator.request_log.entries} >= {"RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED"}


def test_jobs_that_have_not_begun_are_cancelled(slow: tuple[Emulator, Caller], clock: ManualClock) -> None:
    emulator, caller = slow
    [running], [queued], [later] = caller.run(), caller.run(), caller.run()
    emulator.wait_for_computations(10)
    clock.advance(2)
    held = caller.start("GetControllerJobResults", job_execution_id=queued, quantum_processor_id=ANKAA)
    caller("CancelControllerJobs", job_ids=[running, queued], quantum_processor_id=ANKAA)
    assert [caller.word(job) for job in (running, queued, later)] == ["RUNNING", "CANCELED", "QUEUED"]
    result = held.result().result
    assert (result.status, result.status_message, dict(result.readout_values)) == (4, "the job was cancelled", {})
    clock.advance(6)
    assert [caller.word(job) for job in (running, queued, later)] == ["SUCCEEDED", "CANCELED", "SUCCEEDED"]
    caller("CancelControllerJobs", job_ids=[running], quantum_processor_id=ANKAA)
    assert caller.word(running) == "SUCCEEDED"


def test_failures_have_a_status_and_a_message(clock: ManualClock) -> None:
    wide = "DECLARE ro BIT\n" + "".join(f"RX(pi/2) {qubit}\n" for qubit in range(40)) + "MEASURE 0 ro\n"
    with Emulator(clock=clock) as emulator, calling(emulator) as caller:
        [job] = caller.run(wide)
        result = caller.result(job)
        assert (result.status, "qubits" in result.status_message) == (3, True), result.status_message
        assert caller.word(job) == "FAILED"
        emulator.set_pace(queue=2, run=3)
        [moved] = caller.run()
        emulator.move(moved, "failed", "the fridge is warm")
        result = caller.result(moved)
        assert (result.status, result.status_message) == (2, "the fridge is warm")


def test_an_execution_that_takes_longer_than_its_limit(slow: tuple[Emulator, Caller], clock: ManualClock) -> None:
    emulator, caller = slow
    job = caller.translate(FLIP).job
    [short] = caller.execute(job, options={"timeout": {"seconds": 1}})
    [enough] = caller.execute(job, options={"timeout": {"seconds": 4}})
    emulator.wait_for_computations(10)
    clock.advance(30)
    result = caller.result(short)
    assert (result.status, "maximum duration, 1 s" in result.status_message) == (3, True)
    assert caller.result(enough).status == 1
    fields = order(job, options={"timeout": {"seconds": -1}})
    assert caller.fails("ExecuteControllerJob", **fields)[0] == "INVALID_ARGUMENT"


def test_results_are_kept_for_a_week(clock: ManualClock) -> None:
    with Emulator(clock=clock) as emulator, calling(emulator) as caller:
        [job] = caller.run()
        assert caller.result(job).status == 1
        clock.advance(WEEK - 1)
        assert caller.result(job).status == 1
        clock.advance(1)
        code, message = caller.fails("GetControllerJobStatus", job_id=job, quantum_processor_id=ANKAA)
        assert (code, "expired" in message) == ("NOT_FOUND", True)


# ---- faults


def fails(emulator: Emulator, fields: dict[str, Any]) -> tuple[str, str]:
    """Execute over a connection of its own: grpcio may send the next call over one that has just been closed."""
    with calling(emulator) as caller:
        return caller.fails("ExecuteControllerJob", **fields)


def test_a_lost_response_leaves_one_job(shared: Emulator, caller: Caller) -> None:
    job, mine = caller.translate(FLIP).job, uuid.uuid4()
    fields = order(job, idempotency_key=key(mine))
    fault = shared.faults.add(operation="ExecuteControllerJob", drop="after", count=1)
    assert fails(shared, fields)[0] == "UNAVAILABLE"
    [effect] = shared.effects(kind="execution", key=str(mine))
    assert list(caller("ExecuteControllerJob", **fields).job_execution_ids) == [effect.id]
    assert (len(shared.effects(kind="execution", key=str(mine))), shared.faults.fired(fault)) == (1, 1)


def test_faults_before_and_after_a_call_is_handled(shared: Emulator, caller: Caller) -> None:
    job = caller.translate(FLIP).job
    for fault, expected, handled in (
        ({"drop": "before"}, "UNAVAILABLE", 0),
        ({"grpc_status": "RESOURCE_EXHAUSTED", "message": "too much"}, "RESOURCE_EXHAUSTED", 0),
        ({"grpc_status": "INTERNAL", "when": "after"}, "INTERNAL", 1),
        # A proxy's own response has no status of gRPC.
        ({"status": 503, "retry_after": 1}, "UNAVAILABLE", 0),
        ({"status": 404}, "UNIMPLEMENTED", 0),
        # Its first five bytes announce a message of four gigabytes.
        ({"body": "garbage"}, "RESOURCE_EXHAUSTED", 1),
        ({"body": "truncated"}, "UNAVAILABLE", 1),
    ):
        mine = uuid.uuid4()
        shared.faults.add(operation="ExecuteControllerJob", count=1, **fault)
        code, message = fails(shared, order(job, idempotency_key=key(mine)))
        assert (code, len(shared.effects(kind="execution", key=str(mine)))) == (expected, handled), (fault, message)
        if "message" in fault:
            assert message == fault["message"]
    shared.faults.clear()


def test_delays_and_calls_that_are_handled_after_the_client_left(clock: ManualClock) -> None:
    with Emulator(clock=clock) as emulator, calling(emulator) as caller:
        job = caller.translate(FLIP).job
        emulator.faults.add(operation="GetControllerJobStatus", delay=0.2, count=1)
        [made] = caller.execute(job)
        began = time.monotonic()
        assert caller.word(made) == "SUCCEEDED"
        assert time.monotonic() - began >= 0.2
        emulator.faults.add(operation="ExecuteControllerJob", handled_late=30, count=1)
        assert fails(emulator, order(job))[0] == "UNAVAILABLE"
        assert len(emulator.jobs()) == 1
        clock.advance(30)
        caller.status(made)
        assert len(emulator.jobs()) == 2


def test_a_rate_limit(clock: ManualClock) -> None:
    with Emulator(clock=clock) as emulator, calling(emulator) as caller:
        [job] = caller.run()
        emulator.faults.add(operation="GetControllerJobStatus", rate_limit=(2, 60))
        assert [caller.word(job) for _ in range(2)] == ["SUCCEEDED"] * 2
        assert caller.fails("GetControllerJobStatus", job_id=job, quantum_processor_id=ANKAA)[0] == "RESOURCE_EXHAUSTED"


def test_the_request_log_has_calls(shared: Emulator, caller: Caller) -> None:
    caller.fails("GetControllerJobStatus", job_id="nothing", quantum_processor_id=ANKAA)
    shared.faults.add(operation="GetControllerJobStatus", drop="before", count=1)
    with calling(shared) as other:
        other.fails("GetControllerJobStatus", job_id="nothing", quantum_processor_id=ANKAA)
    dropped, refused = shared.request_log.view(2)
    assert (refused["operation"], refused["cloud"], refused["status"]) == ("GetControllerJobStatus", "rigetti", 200)
    assert (refused["grpc_status"], refused["faults"]) == ("NOT_FOUND", [])
    assert (dropped["status"], [mark.partition(" ")[2] for mark in dropped["faults"]]) == (None, ["drop before"])
    assert "grpc_status" not in dropped


def test_a_fault_of_a_status_hits_grpc_calls_only(shared: Emulator, caller: Caller) -> None:
    fault = shared.faults.add(cloud="rigetti", grpc_status="UNAVAILABLE")
    try:
        assert caller.fails("CancelControllerJobs", quantum_processor_id=ANKAA)[0] == "UNAVAILABLE"
    finally:
        shared.faults.clear(fault)
