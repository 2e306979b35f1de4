"""The same work without `await`, with the types that both checkers should see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, assert_type

from anyqpu_raw.kipu import models as kipu_models
from anyqpu_raw.scaleway import models as scaleway_models

import anyqpu
import anyqpu.sync
from anyqpu.providers.scaleway.resources.models import ComputationModel


def clients(name: str) -> None:
    """A cloud's name decides which client it is, and which arguments there are."""
    assert_type(anyqpu.sync.connect("kipu", token="x"), anyqpu.sync.KipuClient)
    assert_type(anyqpu.sync.connect("scaleway", event_loop="trio", secret_key="x"), anyqpu.sync.ScalewayClient)
    assert_type(anyqpu.sync.connect("pasqal", region="sa"), anyqpu.sync.PasqalClient)
    assert_type(anyqpu.sync.connect("rigetti", timeout=10), anyqpu.sync.RigettiClient)
    assert_type(anyqpu.sync.connect(name), anyqpu.sync.Client)
    assert_type(anyqpu.sync.resume("handle"), anyqpu.sync.Job)


def run(name: str, program: str, device: str) -> Mapping[str, int]:
    """Submit, wait and return the counts."""
    with anyqpu.sync.connect(name, emulator=True) as client:
        assert_type(client, anyqpu.sync.Client)
        job = client.submit(program, device=device, shots=100, tags=["a"], timeout=30)
        assert_type(job, anyqpu.sync.Job)
        result = job.result(timeout=60)
        assert_type(result, anyqpu.Result)
        assert_type(result.counts, anyqpu.Counts)
        assert_type(client.find("a-key-of-mine"), anyqpu.sync.Job | None)
        assert_type(client.estimate_cost(device).minimum, anyqpu.Money | None)
        return result.counts


def follow(client: anyqpu.sync.Client, job: anyqpu.sync.Job) -> anyqpu.JobStatus:
    """Wait in each of the ways."""
    assert_type(job.events(), Iterator[anyqpu.sync.Job])
    for change in job.events(timeout=60):
        assert_type(change.queue_position, int | None)
    seen: list[anyqpu.sync.Job] = []
    assert_type(job.wait(poll=anyqpu.PollPolicy(floor=2), on_update=seen.append), anyqpu.sync.Job)
    assert_type(job.refresh().cancel(), anyqpu.sync.Job)
    assert_type(client.cancel_job(job), anyqpu.sync.Job)
    assert_type(job.to_dict(), dict[str, Any])
    assert_type(anyqpu.sync.Job.from_dict({}), anyqpu.sync.Job)
    assert_type(job.handle, anyqpu.JobHandle)
    return job.status


def lists(kipu: anyqpu.sync.KipuClient) -> str | None:
    """Read lists by item, by page, at once, and ahead."""
    pager = kipu.jobs(page_size=10)
    assert_type(pager, anyqpu.sync.Pager[anyqpu.sync.Job])
    assert_type(kipu.devices().first(), anyqpu.Device | None)
    assert_type(pager.collect(limit=3), list[anyqpu.sync.Job])
    for page in pager.pages():
        assert_type(page, anyqpu.Page[anyqpu.sync.Job])
    for job in pager:
        assert_type(job, anyqpu.sync.Job)
    with pager.prefetch(2) as items:
        assert_type(next(items), anyqpu.sync.Job)
        return items.resume_token


def parts(
    scaleway: anyqpu.sync.ScalewayClient,
    pasqal: anyqpu.sync.PasqalClient,
    rigetti: anyqpu.sync.RigettiClient,
    start: datetime,
) -> None:
    """Sessions, batches, reservations, services of one cloud, and names of version 1."""
    with scaleway.session(device="QPU-GARNET-20PQ", on_exit="drain") as session:
        assert_type(session.session, anyqpu.Session)
        assert_type(session.submit("bell.qasm", shots=10), anyqpu.sync.Job)
    assert_type(scaleway.models.create("a.qasm", device="x"), ComputationModel)
    assert_type(scaleway.create_model("a.qasm", device="x"), ComputationModel)
    batch = pasqal.batches.create("{}", device="EMU_FREE")
    assert_type(batch, anyqpu.sync.Batch)
    assert_type(batch.jobs, tuple[anyqpu.sync.Job, ...])
    assert_type(batch.results(), anyqpu.sync.BatchResults)
    assert_type(batch.results().batch, anyqpu.sync.Batch)
    assert_type(rigetti.billing.balance(), anyqpu.Money)
    assert_type(rigetti.submit("x", device="a", patch_values=[{"theta": [0.5]}]), anyqpu.sync.Batch)
    assert_type(rigetti.submit("x", device="a"), anyqpu.sync.Job)
    for slot in rigetti.find_slots("Aspen-9", start=start, duration=timedelta(minutes=30)):
        assert_type(rigetti.reserve(slot), anyqpu.Reservation)


def raw(kipu: anyqpu.sync.KipuClient, scaleway: anyqpu.sync.ScalewayClient) -> None:
    """Operations of the clouds' documents, and their models."""
    assert_type(kipu.raw.get_job(id="x"), kipu_models.Job)
    assert_type(kipu.raw.get_backends(), list[kipu_models.Backend])
    assert_type(scaleway.raw.list_platforms(), scaleway_models.ListPlatformsResponse)
    assert_type(kipu.raw.pages.search_jobs().first(), kipu_models.Job | None)


def failing(job: anyqpu.sync.Job) -> str:
    """Errors are those of the asynchronous clients."""
    try:
        job.wait(timeout=1)
    except anyqpu.errors.WaitTimeoutError as error:
        return error.message
    return ""
