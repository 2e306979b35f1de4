"""What becomes of batches and jobs: by the clock, by hand, and what is refused."""

from __future__ import annotations

import gzip
import json
import uuid
from collections.abc import Iterator
from typing import Any

import anyio.to_thread
import httpx
import pytest

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock

from .document import check
from .helpers import BY_VARIABLE, FLIP, batch, create, data, finished, pasqal, result

pytestmark = pytest.mark.anyio


@pytest.fixture
def slow(clock: ManualClock) -> Iterator[Emulator]:
    """Jobs of a batch one after another, a tenth to a fifth of a second each, by a clock that stands still."""
    with Emulator(speed="fast", seed=3, clock=clock) as instance:
        yield instance


async def _status(client: httpx.AsyncClient, batch_id: str) -> tuple[str, dict[str, int]]:
    status = await data(client, f"/v1/batches/{batch_id}/status")
    return status["status"], {word: count for word, count in status["jobs_count_per_status"].items() if count}


async def test_a_batch_is_done_in_the_same_step_as_its_last_job(slow: Emulator, clock: ManualClock) -> None:
    async with pasqal(slow) as client:
        made = await create(client, {"runs": 5}, {"runs": 5}, {"runs": 5})
        await anyio.to_thread.run_sync(slow.wait_for_computations, 10)
        seen = [await _status(client, made["id"])]
        for _ in range(100):
            clock.advance(0.02)
            status, counts = await _status(client, made["id"])
            assert (status == "DONE") == (counts == {"DONE": 3})
            assert (status == "PENDING") == (counts == {"PENDING": 3})
            if (status, counts) != seen[-1]:
                seen.append((status, counts))
        assert seen[0] == ("PENDING", {"PENDING": 3})
        assert ("RUNNING", {"DONE": 1, "RUNNING": 1, "PENDING": 1}) in seen
        assert seen[-1] == ("DONE", {"DONE": 3})
        view = await data(client, f"/v2/batches/{made['id']}")
        assert view["created_at"] < view["start_datetime"] < view["end_datetime"] <= view["updated_at"]
        assert view["job_ids"] == [job["id"] for job in made["jobs"]]


async def test_an_open_batch_lives_on_and_times_out_when_idle(slow: Emulator, clock: ManualClock) -> None:
    async with pasqal(slow) as client:
        made = await create(client, {"runs": 5}, open=True)
        await anyio.to_thread.run_sync(slow.wait_for_computations, 10)
        clock.advance(30)
        assert await _status(client, made["id"]) == ("RUNNING", {"DONE": 1})
        more = await client.post(f"/v2/batches/{made['id']}/jobs", json=[{"runs": 6}, {"runs": 7}])
        assert [job["creation_order"] for job in more.json()["data"]["jobs"]] == [1, 2, 3]
        await anyio.to_thread.run_sync(slow.wait_for_computations, 10)
        clock.advance(40)
        assert (await _status(client, made["id"]))[0] == "RUNNING"
        clock.advance(60)
        assert await _status(client, made["id"]) == ("TIMED_OUT", {"DONE": 3})
        assert (await data(client, f"/v2/batches/{made['id']}"))["open"] is False
        for path in ("jobs", "complete", "cancel"):
            method = "POST" if path == "jobs" else "PATCH"
            refused = await client.request(method, f"/v2/batches/{made['id']}/{path}", json=[{"runs": 1}])
            assert refused.status_code == 400
            check("add_jobs", refused)


async def test_closing(slow: Emulator, clock: ManualClock) -> None:
    async with pasqal(slow) as client:
        made = await create(client, {"runs": 5}, open=True)
        await anyio.to_thread.run_sync(slow.wait_for_computations, 10)
        closed = await client.patch(f"/v2/batches/{made['id']}/complete")
        assert (closed.json()["data"]["open"], closed.json()["data"]["complete"]) == (False, True)
        assert (await client.post(f"/v2/batches/{made['id']}/jobs", json=[{"runs": 1}])).status_code == 400
        clock.advance(30)
        assert (await _status(client, made["id"]))[0] == "DONE"
        empty = (await client.post("/v1/batches", json={**batch(open=True), "jobs": []})).json()["data"]
        assert (empty["status"], empty["jobs_count"]) == ("PENDING", 0)
        await client.patch(f"/v2/batches/{empty['id']}/complete")
        assert (await _status(client, empty["id"])) == ("DONE", {})


async def test_only_waiting_jobs_can_be_cancelled(slow: Emulator, clock: ManualClock) -> None:
    async with pasqal(slow) as client:
        made = await create(client, *[{"runs": 5}] * 12)
        await anyio.to_thread.run_sync(slow.wait_for_computations, 10)
        clock.advance(0.06)
        ids = [job["id"] for job in made["jobs"]]
        assert (await data(client, f"/v1/jobs/{ids[0]}/status"))["status"] == "RUNNING"
        last = await client.patch(f"/v2/jobs/{ids[-1]}/cancel")
        check("cancel_job", last)
        assert last.json()["data"]["status"] == "CANCELED"
        older = await client.put(f"/v1/jobs/{ids[-2]}/cancel")
        check("cancel_job_v1", older)
        assert (await client.patch(f"/v2/jobs/{ids[0]}/cancel")).status_code == 400
        stranger = str(uuid.uuid4())
        some = await client.patch(
            f"/v2/batches/{made['id']}/cancel/jobs", params={"id": [ids[0], ids[5], ids[-1], stranger]}
        )
        check("cancel_jobs", some)
        assert [job["id"] for job in some.json()["data"]["jobs"]] == [ids[5]]
        assert set(some.json()["data"]["errors"]) == {ids[0], ids[-1], stranger}
        waiting = await client.put(f"/v1/batches/{made['id']}/cancel/jobs", params={"status": "PENDING"})
        check("cancel_jobs_v1", waiting)
        assert len(waiting.json()["data"]["jobs"]) == 8
        clock.advance(30)
        assert await _status(client, made["id"]) == ("DONE", {"DONE": 1, "CANCELED": 11})


async def test_cancelling_batches(slow: Emulator, clock: ManualClock) -> None:
    async with pasqal(slow) as client:
        first, second, third = [await create(client, {"runs": 5}, {"runs": 6}) for _ in range(3)]
        canceled = (await client.patch(f"/v2/batches/{first['id']}/cancel")).json()["data"]
        assert (canceled["status"], {job["status"] for job in canceled["jobs"]}) == ("CANCELED", {"CANCELED"})
        assert (await client.patch(f"/v2/batches/{first['id']}/cancel")).status_code == 400
        stranger = str(uuid.uuid4())
        many = await client.patch("/v1/batches/cancel", json={"batch_ids": [first["id"], second["id"], stranger]})
        assert [item["id"] for item in many.json()["data"]["batches"]] == [second["id"]]
        assert set(many.json()["data"]["errors"]) == {first["id"], stranger}
        for job in third["jobs"]:
            await client.patch(f"/v2/jobs/{job['id']}/cancel")
        assert await _status(client, third["id"]) == ("CANCELED", {"CANCELED": 2})


async def test_workloads_can_be_cancelled(slow: Emulator) -> None:
    async with pasqal(slow) as client:
        body = {"project_id": str(uuid.uuid4()), "workload_type": "qadence_circuit", "backend": "pyq", "config": {}}
        made = (await client.post("/v1/workloads", json=body)).json()["data"]
        response = await client.put(f"/v1/workloads/{made['id']}/cancel")
        check("cancel_workload", response)
        assert (made["status"], response.json()["data"]["status"]) == ("PENDING", "CANCELED")


async def test_rebatch(emulator: Emulator) -> None:
    async with pasqal(emulator) as client:
        made = await create(client, {"runs": 5}, {"runs": 500, "sequence": "{}"}, tags=["t"])
        good, bad = [job["id"] for job in made["jobs"]]
        assert (await finished(client, good), await finished(client, bad)) == ("DONE", "ERROR")
        again = (await client.post(f"/v1/batches/{made['id']}/rebatch", params={"status": "ERROR"})).json()["data"]
        assert (again["parent_id"], again["open"], again["tags"]) == (made["id"], False, ["t"])
        assert [(job["parent_id"], job["runs"], job["sequence"]) for job in again["jobs"]] == [(bad, 500, "{}")]
        assert (await data(client, f"/v2/batches/{made['id']}"))["child_ids"] == [again["id"]]
        everything = (await client.post(f"/v1/batches/{made['id']}/rebatch")).json()["data"]
        assert [job["parent_id"] for job in everything["jobs"]] == [good, bad]
        assert (await client.post(f"/v1/batches/{made['id']}/rebatch", params={"min_runs": 999})).status_code == 400
        still = await create(client, open=True)
        assert (await client.post(f"/v1/batches/{still['id']}/rebatch")).status_code == 400


async def test_filters_and_pages_of_batches(emulator: Emulator) -> None:
    async with pasqal(emulator) as client:
        other = str(uuid.uuid4())
        one = await create(client, {"runs": 5}, tags=["x"])
        two = await create(client, {"runs": 5}, {"runs": 6}, device_type="FRESNEL", project_id=other)
        three = await create(client, {"runs": 5, "sequence": "{}"}, open=True, tags=["y"])
        for job in [*one["jobs"], *two["jobs"], *three["jobs"]]:
            await finished(client, job["id"])
        ids = [one["id"], two["id"], three["id"]]

        async def listed_with(**params: Any) -> list[int]:
            return [ids.index(item["id"]) for item in await data(client, "/v1/batches", **params)]

        assert await listed_with() == [2, 1, 0]
        assert await listed_with(order_by_direction="ASC") == [0, 1, 2]
        assert (await listed_with(order_by="jobs_count"))[0] == 1
        assert await listed_with(id=[ids[0], ids[2].upper()]) == [2, 0]
        assert await listed_with(id__starts_with=ids[1][:13]) == [1]
        assert await listed_with(project_id=other) == [1]
        assert await listed_with(device_type=["FRESNEL", "EMU_MPS"]) == [1]
        assert await listed_with(status=["RUNNING", "DONE"]) == [2, 1, 0]
        assert await listed_with(status="DONE") == [1, 0]
        assert await listed_with(open="true") == [2]
        assert await listed_with(complete="true") == [1, 0]
        assert await listed_with(min_jobs=2) == [1]
        assert await listed_with(max_jobs=1) == [2, 0]
        assert await listed_with(tag="x") == [0]
        assert await listed_with(user_id=one["user_id"]) == [2, 1, 0]
        assert await listed_with(user_id="unknown") == []
        assert await listed_with(queue_priority="MEDIUM") == [2, 1, 0]
        assert await listed_with(queue_priority="LOW") == []
        assert await listed_with(start_date=two["created_at"]) == [2, 1]
        assert await listed_with(end_date=two["created_at"]) == [1, 0]
        page = await client.get("/v1/batches", params={"limit": 2, "offset": 1})
        assert [ids.index(item["id"]) for item in page.json()["data"]] == [1, 0]
        assert page.json()["pagination"] == {"total": 3, "start": 1, "end": 3}
        assert page.headers["content-range"] == "1-2/3"
        past = (await client.get("/v1/batches", params={"offset": 9})).json()
        assert (past["data"], past["pagination"]) == ([], {"total": 3, "start": 9, "end": 9})


async def test_filters_of_jobs(emulator: Emulator) -> None:
    async with pasqal(emulator) as client:
        made = await create(client, {"runs": 5}, {"runs": 50}, {"runs": 7, "sequence": "nonsense"})
        ids = [job["id"] for job in made["jobs"]]
        for job_id in ids:
            await finished(client, job_id)
        await create(client)

        async def listed_with(**params: Any) -> list[int]:
            chosen = {"batch_id": made["id"], "order_by": "creation_order", "order_by_direction": "ASC", **params}
            return [ids.index(item["id"]) for item in await data(client, "/v2/jobs", **chosen)]

        assert len(await data(client, "/v2/jobs")) == 4
        assert await listed_with() == [0, 1, 2]
        assert await listed_with(order_by_direction="DESC") == [2, 1, 0]
        # The same to clients before 0.21.
        assert await listed_with(order_by="ordered_id") == [0, 1, 2]
        assert await listed_with(status=["ERROR", "PENDING"]) == [2]
        assert await listed_with(errors="true") == [2]
        assert await listed_with(errors="false") == [0, 1]
        assert await listed_with(min_runs=6, max_runs=10) == [2]
        assert await listed_with(id=ids[1]) == [1]
        assert await listed_with(origin="CLIENT") == [0, 1, 2]
        assert await listed_with(origin="OVH") == []
        failed = await data(client, f"/v2/jobs/{ids[2]}")
        assert "not JSON" in failed["errors"][0]


@pytest.mark.parametrize(
    "params",
    [
        {"limit": 0},
        {"limit": 101},
        {"limit": "x"},
        {"offset": -1},
        {"order_by": "shoe_size"},
        {"order_by_direction": "UP"},
        {"id": "odd"},
        {"status": "HAPPY"},
        {"open": "perhaps"},
        {"start_date": "yesterday"},
    ],
)
async def test_filters_that_are_refused(emulator: Emulator, params: dict[str, Any]) -> None:
    async with pasqal(emulator) as client:
        response = await client.get("/v1/batches", params=params)
        assert response.status_code == 422
        assert response.json()["data"]["description"][0]["loc"] == ["query", next(iter(params))]


@pytest.mark.parametrize(
    ("change", "loc"),
    [
        ({"project_id": None}, ["body", "project_id"]),
        ({"project_id": "odd"}, ["body", "project_id"]),
        ({"jobs": []}, ["body", "jobs"]),
        ({"jobs": [{"runs": 0}]}, ["body", "jobs", 0, "runs"]),
        ({"jobs": [{"runs": True}]}, ["body", "jobs", 0, "runs"]),
        ({"jobs": [{"runs": 1}, 7]}, ["body", "jobs", 1]),
        ({"jobs": [{"runs": 1, "sequence": FLIP, "variables": {"a": 1}}]}, ["body", "jobs", 0, "__root__"]),
        ({"open": True, "complete": True}, ["body", "__root__"]),
        ({"device_type": "EMU_X"}, ["body", "device_type"]),
        ({"sequence_builder": None}, ["body", "jobs", 0, "sequence"]),
        ({"device_type": "FRESNEL", "jobs": [{"runs": 501}]}, ["body", "jobs", 0, "runs"]),
        ({"device_type": "FRESNEL", "jobs": [{}]}, ["body", "jobs", 0, "runs"]),
        ({"tags": ["a", "a"]}, ["body", "tags"]),
        ({"priority": "high"}, ["body", "priority"]),
    ],
)
async def test_batches_that_are_refused(emulator: Emulator, change: dict[str, Any], loc: list[Any]) -> None:
    async with pasqal(emulator) as client:
        response = await client.post("/v1/batches", json={**batch(), **change})
        assert response.status_code == 422
        check("create_batch", response)
        wrong = response.json()["data"]["description"][0]
        assert wrong["loc"] == loc
        assert set(wrong) == {"loc", "msg", "type"}


async def test_bodies(emulator: Emulator) -> None:
    async with pasqal(emulator) as client:
        packed = gzip.compress(json.dumps(batch()).encode())
        headers = {"content-encoding": "gzip", "content-type": "application/json"}
        assert (await client.post("/v1/batches", content=packed, headers=headers)).status_code == 200
        for text in (b"", b"{", b"[1]", b'{"priority": 1e999}', b"[" * 100_000):
            assert (await client.post("/v1/batches", content=text)).status_code == 422


async def test_tags(emulator: Emulator) -> None:
    async with pasqal(emulator) as client:
        made = await create(client, tags=["a"])
        path = f"/v1/batches/{made['id']}/tags"
        assert (await client.patch(path, json=["b", "c"])).json()["data"]["tags"] == ["b", "c"]
        assert (await client.patch(path, json=["b", "b"])).status_code == 422
        assert (await data(client, f"/v2/batches/{made['id']}"))["tags"] == ["b", "c"]


async def test_shots_and_variables(emulator: Emulator) -> None:
    omega = {"omega": 2 * 3.141592653589793}
    wanted = {"observables": [{"observable": "bitstrings", "num_shots": 33}], "default_num_shots": 7}
    async with pasqal(emulator) as client:
        made = await create(
            client,
            {"runs": 4, "variables": omega},
            {"runs": 6, "variables": {"omega": [0.0]}},
            {"runs": 1},
            sequence_builder=BY_VARIABLE,
        )
        flipped, still, missing = [job["id"] for job in made["jobs"]]
        assert await result(emulator, client, flipped) == {"counter": {"1": 4}, "raw": ["1"] * 4}
        assert (await result(emulator, client, still))["counter"] == {"0": 6}
        assert await finished(client, missing) == "ERROR"
        for configuration, runs, shots in (
            (wanted, 1, 33),
            ({"default_num_shots": 44}, None, 44),
            ({"observables": [{"observable": "bitstrings", "num_shots": None}], "default_num_shots": 55}, 1, 55),
        ):
            made = await create(client, {"runs": runs}, backend_configuration=json.dumps(configuration))
            content = await result(emulator, client, made["jobs"][0]["id"])
            assert content["counter"] == {"1": shots}
            serialised = json.loads(content["serialised_results"])
            assert serialised["results"][serialised["tagmap"]["bitstrings"]] == [{"1": shots}]


@pytest.mark.parametrize(
    ("configuration", "words"),
    [
        ("{", "not JSON"),
        ('{"noise_model": {"noise_types": ["SPAM"]}}', "noise"),
        ('{"with_modulation": true}', "with_modulation"),
        ('{"prefer_device_noise_model": true}', "prefer_device_noise_model"),
        ('{"observables": [{"observable": "bitstrings", "one_state": "g"}]}', "one_state 'g'"),
        ('{"observables": [{"observable": "energy"}]}', "energy"),
        ('{"observables": ["bitstrings"]}', "should be objects"),
        ('{"observables": [{"observable": "bitstrings", "evaluation_times": [0.5, 1.0]}]}', "at the end"),
    ],
)
async def test_configurations_that_are_not_computed(emulator: Emulator, configuration: str, words: str) -> None:
    async with pasqal(emulator) as client:
        job = (await create(client, {"runs": 1}, backend_configuration=configuration))["jobs"][0]["id"]
        assert await finished(client, job) == "ERROR"
        assert words in (await data(client, f"/v2/jobs/{job}"))["errors"][0]


async def test_the_control_page_knows_the_jobs(emulator: Emulator) -> None:
    async with pasqal(emulator) as client:
        made = await create(client, {"runs": 5})
        await finished(client, made["jobs"][0]["id"])
        state = (await client.get("http://emulator/_control/state")).json()["jobs"]
        assert [(job["cloud"], job["backend"], job["status"]) for job in state] == [("pasqal", "EMU_FREE", "DONE")]
