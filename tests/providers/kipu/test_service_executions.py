"""Jobs and sessions of a run of a service, seen through the run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import anyqpu
from anyqpu.errors import NotFoundError
from anyqpu_emulator.server import running
from tests.providers.kipu.test_results import X_ON_QUBIT_0

pytestmark = pytest.mark.anyio

RUN = "6f2b7e1a-0000-4000-8000-000000000001"


@pytest.fixture(scope="module")
def url() -> object:
    with running(speed="instant") as address:
        yield address


async def test_everything_that_a_run_did_can_be_seen_through_it(
    anyio_backend: str, url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Inside a service, Kipu sets this variable: whatever is made then belongs to the run.
    organization = f"org-{anyio_backend}"
    monkeypatch.setenv("SERVICE_EXECUTION_ID", RUN)
    options = {"base_url": f"{url}/kipu/quantum", "token": "t", "organization_id": organization}
    async with anyqpu.connect("kipu", **options) as inside:  # type: ignore[call-overload]
        job = await inside.submit(X_ON_QUBIT_0["kipu.sim.qsim"], device="kipu.sim.qsim", shots=7)
        await job.wait(timeout=30)
        session = await inside.open_session("ibm.qpu.fez")
    monkeypatch.delenv("SERVICE_EXECUTION_ID")

    async with anyqpu.connect("kipu", **options) as kipu:  # type: ignore[call-overload]
        run = kipu.service_execution(RUN)
        assert repr(run) == f"ServiceExecution({RUN!r})"
        assert {workload.id async for workload in run.workloads(page_size=1)} == {job.id, session.id}
        seen = await run.job(job.id)
        assert seen.shots == 7
        assert (await run.refresh(seen)).status == "completed"
        assert "qasm" in str(await run.job_input(seen)).lower()
        assert await run.calibration_of_job(seen) is None
        content = await run.download_result(seen)
        assert json.loads(content or b"")["counts"] == {"10": 7}
        await run.download_result(seen, tmp_path / "r.json")
        assert (tmp_path / "r.json").read_bytes() == content

        shared = await run.normalized_result(seen)
        assert shared is not None
        # Bit 0 is rightmost here, and leftmost in the maker's own form above.
        assert shared.counts == {"01": 7}
        assert [program.program.text for program in await run.job_programs(seen)] == [X_ON_QUBIT_0["kipu.sim.qsim"]]

        assert (await run.session(session.id)).device_id == "ibm.qpu.fez"
        assert not (await run.session_status(session.id)).is_terminal
        assert await run.session_jobs(session.id) == []
        assert (await run.accept_jobs(session.id, False)).status == "draining"
        assert (await run.accept_jobs(session.id, True)).accepts_jobs is True
        await run.close_session(session.id)
        assert (await run.session_status(session.id)).is_terminal
        await run.cancel_job(seen)

        other = kipu.service_execution("6f2b7e1a-0000-4000-8000-000000000002")
        assert await other.workloads().collect() == []
        with pytest.raises(NotFoundError):
            await other.job(job.id)


async def test_the_input_of_a_job_can_be_had_again(anyio_backend: str, url: str) -> None:
    async with anyqpu.connect("kipu", emulator=url) as kipu:
        text = X_ON_QUBIT_0["kipu.sim.qsim"]
        job = await kipu.submit(text, device="kipu.sim.qsim", shots=7)
        assert (await kipu.job_input(job))["qasm"] == text
