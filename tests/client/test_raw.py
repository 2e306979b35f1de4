"""Raw access: every operation of the document, awaited and typed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from anyqpu_raw.kipu.models import (
    CreateJobRequest,
    CreateSessionRequest,
    InputFormat,
    Job,
    KipuJobInput,
    Provider,
    SessionMode,
    SessionStateUpdateRequest,
)
from anyqpu_raw.kipu.operations import OPERATIONS

import anyqpu
from anyqpu.errors import NotFoundError
from anyqpu.providers.kipu import KipuClient
from tests.client.conftest import BELL

pytestmark = pytest.mark.anyio


async def test_a_job_can_be_run_with_nothing_but_raw_operations(kipu: KipuClient) -> None:
    body = CreateJobRequest(
        backend_id="kipu.sim.qsim",
        shots=20,
        input_=KipuJobInput(qasm=BELL),
        input_format=InputFormat.OPEN_QASM_V2,
    )
    job = await kipu.raw.create_job(body=body)
    assert isinstance(job, Job)
    assert (await kipu.raw.get_job(id=job.id)).backend_id == "kipu.sim.qsim"
    assert (await kipu.raw.get_job_input(job.id)) is not None
    while (await kipu.raw.get_job_status(job.id)).status != "COMPLETED":
        pass
    result = await kipu.raw.get_job_result(job.id)
    assert sum(result["counts"].values()) == 20
    stream = await kipu.raw.get_job_result_stream(job.id)
    assert b"counts" in stream
    assert await kipu.raw.get_job_calibration(job.id) is None or True


async def test_every_operation_of_the_document_reaches_the_cloud(anyio_backend: str) -> None:
    """Each, with valid arguments: each returns its documented type or raises a typed 404."""
    async with anyqpu.connect("kipu", emulator=True) as kipu:
        raw = kipu.raw
        job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=5)
        await job.wait(timeout=60)
        wanted = CreateSessionRequest(backend_id="ibm.qpu.fez", mode=SessionMode.BATCH, provider=Provider.IBM)
        session = await raw.create_session(body=wanted)
        close = SessionStateUpdateRequest(accept_jobs=False)
        service = {"service_execution_id": "6f2b7e1a-0000-4000-8000-000000000001"}
        within = {"session_id": session.id}
        calls = {
            "create_session": lambda: raw.create_session(body=wanted),
            "search_jobs": lambda: raw.search_jobs(page=0, size=10, sort=["created_at,desc"]),
            "create_job": lambda: raw.create_job(
                body=CreateJobRequest(
                    backend_id="kipu.sim.qsim", shots=1, input_=BELL, input_format=InputFormat.OPEN_QASM_V2
                )
            ),
            "get_session": lambda: raw.get_session(session.id),
            "update_session_state": lambda: raw.update_session_state(session.id, body=close),
            "get_session_status": lambda: raw.get_session_status(session.id),
            "get_session_jobs": lambda: raw.get_session_jobs(session.id),
            "close_session": lambda: raw.close_session(session.id),
            "get_workloads": raw.get_workloads,
            "get_job": lambda: raw.get_job(job.id),
            "get_job_status": lambda: raw.get_job_status(job.id),
            "get_job_result": lambda: raw.get_job_result(job.id),
            "get_job_result_stream": lambda: raw.get_job_result_stream(job.id),
            "get_job_input": lambda: raw.get_job_input(job.id),
            "get_job_calibration": lambda: raw.get_job_calibration(job.id),
            "cancel_job": lambda: raw.cancel_job(job.id),
            "get_backends": lambda: raw.get_backends(provider="IBM"),
            "get_backend": lambda: raw.get_backend("ibm.qpu.fez"),
            "get_backend_status": lambda: raw.get_backend_status("ibm.qpu.fez"),
            "get_backend_config": lambda: raw.get_backend_config("iqm.qpu.garnet"),
            "get_backend_calibration": lambda: raw.get_backend_calibration("iqm.qpu.garnet"),
            "get_least_busy_backend": lambda: raw.get_least_busy_backend(provider="IBM"),
            "get_service_execution_workloads": lambda: raw.get_service_execution_workloads(**service),
            "get_service_execution_session": lambda: raw.get_service_execution_session(**service, **within),
            "get_service_execution_normalized_job_result": lambda: raw.get_service_execution_normalized_job_result(
                **service, job_id=job.id
            ),
            "get_service_execution_normalized_job_input": lambda: raw.get_service_execution_normalized_job_input(
                **service, job_id=job.id
            ),
            "get_normalized_job_result": lambda: raw.get_normalized_job_result(job.id),
            "get_normalized_job_memory": lambda: raw.get_normalized_job_memory(job.id),
            "get_normalized_job_input": lambda: raw.get_normalized_job_input(job.id),
            "get_runtime_minutes": raw.get_runtime_minutes,
            "get_backend_calibration_history": lambda: raw.get_backend_calibration_history(
                "iqm.qpu.garnet", from_=datetime(2026, 1, 1, tzinfo=UTC), to=datetime(2026, 1, 2, tzinfo=UTC)
            ),
            "get_service_execution_session_status": lambda: raw.get_service_execution_session_status(
                **service, **within
            ),
            "get_service_execution_session_jobs": lambda: raw.get_service_execution_session_jobs(**service, **within),
            "update_service_execution_session_state": lambda: raw.update_service_execution_session_state(
                **service, **within, body=close
            ),
            "close_service_execution_session": lambda: raw.close_service_execution_session(**service, **within),
            "get_service_execution_job": lambda: raw.get_service_execution_job(**service, job_id=job.id),
            "get_service_execution_job_status": lambda: raw.get_service_execution_job_status(**service, job_id=job.id),
            "get_service_execution_job_result_stream": lambda: raw.get_service_execution_job_result_stream(
                **service, job_id=job.id
            ),
            "get_service_execution_job_input": lambda: raw.get_service_execution_job_input(**service, job_id=job.id),
            "get_service_execution_job_calibration": lambda: raw.get_service_execution_job_calibration(
                **service, job_id=job.id
            ),
            "cancel_service_execution_job": lambda: raw.cancel_service_execution_job(**service, job_id=job.id),
        }
        assert calls.keys() == OPERATIONS.keys()
        for name, call in calls.items():
            # Nothing was made by this service execution, so the cloud knows nothing of it but its (empty) list.
            if "service_execution" in name and name != "get_service_execution_workloads":
                with pytest.raises(NotFoundError) as caught:
                    await call()
                assert caught.value.operation == OPERATIONS[name].id
            else:
                await call()


async def test_an_error_of_a_raw_call_is_typed_too(kipu: KipuClient) -> None:
    with pytest.raises(NotFoundError) as caught:
        await kipu.raw.get_job(id="5904a9f2-f43b-453d-9d08-beedcdb93e54")
    error = caught.value
    assert (error.provider, error.operation, error.status_code) == ("kipu", "getJob", 404)
    assert error.request_id
    assert isinstance(error.body, dict)


async def test_what_cannot_stand_in_a_path_is_refused_before_it_is_sent(kipu: KipuClient) -> None:
    for wrong in ("", ".", ".."):
        with pytest.raises(ValueError, match="cannot stand in a path"):
            await kipu.raw.get_job(wrong)


async def test_a_raw_pager_gives_what_the_operation_lists(kipu: KipuClient) -> None:
    for _ in range(3):
        await kipu.raw.create_job(
            body=CreateJobRequest(
                backend_id="kipu.sim.qsim",
                shots=5,
                input_=KipuJobInput(qasm=BELL),
                input_format=InputFormat.OPEN_QASM_V2,
            )
        )
    page = await kipu.raw.search_jobs(page=0, size=3)
    assert isinstance(page.content, list)
    expected = [job.id for job in page.content]
    pager = kipu.raw.pages.search_jobs(page_size=2)
    jobs = await pager.collect(limit=2)
    assert [job.id for job in jobs] == expected[:2]
    assert all(isinstance(job, Job) for job in jobs)
    rest = kipu.raw.pages.search_jobs(page_size=2, resume_token=pager.resume_token)
    third = await rest.first()
    assert third is not None
    assert third.id == expected[2]
    backends = await kipu.raw.get_backends()
    assert [item.id async for item in kipu.raw.pages.get_backends()] == [backend.id for backend in backends]


@pytest.mark.parametrize(
    ("provider", "lists"),
    [
        ("scaleway", ["list_platforms", "list_applications"]),
        ("kipu", ["get_backends", "search_jobs", "get_workloads"]),
        ("pasqal", ["list_devices", "list_devices_v2", "list_batches", "list_jobs", "list_workloads"]),
        ("rigetti", ["list_quantum_processors", "list_endpoints", "list_client_applications", "list_reservations"]),
    ],
)
async def test_each_cloud_has_raw_pagers(anyio_backend: str, provider: str, lists: list[str]) -> None:
    """Page by page comes what one large page has."""
    async with anyqpu.connect(provider, emulator=True) as client:
        for name in lists:
            method = getattr(client.raw.pages, name)
            whole = await method().collect()
            assert [item.to_dict() for item in whole] == [item.to_dict() async for item in method()], name
            if name in {"list_platforms", "list_devices", "list_quantum_processors"}:
                assert len(whole) > 1
                assert await method(page_size=1).collect() == whole
                pages = [page.total async for page in method(page_size=1).pages()]
                assert len(pages) == len(whole)
