"""scaleway-async: platforms, a session and its jobs, results, waiters, every list_*_all, an application, a booking."""

import asyncio
import base64
import json
import os
import random
import uuid
import zlib
from datetime import UTC, datetime, timedelta

from scaleway_async import Client
from scaleway_async.qaas.v1alpha1 import CreateSessionRequestBookingDemand, JobCircuit, QaasV1Alpha1API
from steps import BELL3, EMULATOR, X0, finish, likely, refused, step

PROJECT = str(uuid.uuid4())


def api() -> QaasV1Alpha1API:
    """Configured from the environment, as its documentation shows."""
    os.environ["SCW_API_URL"] = f"{EMULATOR}/scaleway"
    os.environ["SCW_ACCESS_KEY"] = "SCWXXXXXXXXXXXXXXXXX"
    os.environ["SCW_SECRET_KEY"] = str(uuid.uuid4())
    os.environ["SCW_DEFAULT_PROJECT_ID"] = PROJECT
    return QaasV1Alpha1API(Client.from_env())


def model(qasm: str, language: int) -> str:
    """A computation model with one program; languages 2 and 3 are OpenQASM's versions."""
    program = {
        "serialization_format": language,
        "compression_format": 2,
        "serialization": base64.b64encode(zlib.compress(qasm.encode())).decode(),
    }
    backend = {"name": "aer", "version": "2", "options": {}}
    client = {"user_agent": "peer/1"}
    return json.dumps({"programs": [program], "backend": backend, "client": client, "noise_model": None})


def counts(text: str) -> dict:
    result = json.loads(text)
    inner = result["serialization"]
    if result["compression_format"] == 2:
        inner = zlib.decompress(base64.b64decode(inner)).decode()
    (experiment,) = json.loads(inner)["results"]
    return {f"{int(key, 16):02b}": count for key, count in experiment["data"]["counts"].items()}


async def run(qaas: QaasV1Alpha1API, session: str, qasm: str, language: int, shots: int) -> dict:
    """Model, job, wait, results."""
    stored = await qaas.create_model(payload=model(qasm, language))
    job = await qaas.create_job(
        name="peer",
        session_id=session,
        circuit=JobCircuit(),
        model_id=stored.id,
        parameters=json.dumps({"shots": shots, "options": {}}),
        tags=["peer"],
    )
    ended = await qaas.wait_for_job(job_id=job.id)
    assert ended.status == "completed", ended
    (result,) = await qaas.list_job_results_all(job_id=job.id)
    assert result.result, result
    return counts(result.result)


async def main() -> None:  # noqa: PLR0915 - a step is a statement or two
    qaas = api()
    with step("list_platforms_all, get_platform, filter by name"):
        platforms = await qaas.list_platforms_all()
        names = [platform.name for platform in platforms]
        assert {"EMU-AER-16C-128M", "QPU-GARNET-20PQ", "QPU-FRESNEL-100PQ"} <= set(names), names
        for platform in platforms:
            again = await qaas.get_platform(platform_id=platform.id)
            assert again.name == platform.name
            assert again.price_per_hour
            assert again.hardware
            assert again.booking_requirement
        assert len(await qaas.list_platforms_all(page_size=1)) == len(platforms)
        (aer,) = (await qaas.list_platforms(name="EMU-AER-16C-128M")).platforms
    with step("create_session, wait_for_session, the same one for its deduplication id"):
        key = str(uuid.uuid4())
        session = await qaas.create_session(platform_id=aer.id, name="peer", deduplication_id=key, max_duration="1200s")
        same = await qaas.create_session(platform_id=aer.id, name="other", deduplication_id=key)
        assert same.id == session.id
        session = await qaas.wait_for_session(session_id=session.id)
        assert session.status == "running", session
    with step("X on qubit 0, OpenQASM 2"):
        likely(await run(qaas, session.id, X0, 2, 100), 100, "01")
    with step("Bell, OpenQASM 3"):
        likely(await run(qaas, session.id, BELL3, 3, 1000), 1000, "00", "11")
    with step("the older form of a job, without a model"):
        circuit = {"serialization_format": 2, "circuit_serialization": X0}
        body = {"client": {"user_agent": "peer/1"}, "backend": {"name": "aer", "version": "1", "options": {}}}
        body["run"] = {"options": {"shots": 50, "memory": True, "seed_simulator": None}, "circuits": [circuit]}
        job = await qaas.create_job(
            name="old", session_id=session.id, circuit=JobCircuit(qiskit_circuit=json.dumps(body))
        )
        ended = await qaas.wait_for_job(job_id=job.id)
        assert ended.status == "completed", ended
        (result,) = await qaas.list_job_results_all(job_id=job.id)
        counts = json.loads(result.result)["results"][0]["data"]["counts"]
        assert counts == {"0x1": 50}, counts
        assert json.loads(await text_of(qaas, job.id)) == body
    with step("the last of a dozen jobs is still waiting, and can be cancelled"):
        stored = await qaas.create_model(payload=model(X0, 2))
        dozen = [
            await qaas.create_job(
                name=f"dozen-{n}", session_id=session.id, circuit=JobCircuit(), model_id=stored.id, parameters="{}"
            )
            for n in range(12)
        ]
        last = await qaas.get_job(job_id=dozen[-1].id)
        assert last.status == "waiting", last.status
        await qaas.cancel_job(job_id=last.id)
        assert (await qaas.wait_for_job(job_id=last.id)).status == "cancelled"
        for job in dozen[:-1]:
            assert (await qaas.wait_for_job(job_id=job.id)).status == "completed"
    with step("list_jobs_all, pages of five, update_job, tags"):
        jobs = await qaas.list_jobs_all(session_id=session.id)
        assert len(jobs) == 15, len(jobs)
        assert len(await qaas.list_jobs_all(session_id=session.id, page_size=5)) == 15
        assert len(await qaas.list_jobs_all(session_id=session.id, tags=["peer"])) == 2
        renamed = await qaas.update_job(job_id=jobs[0].id, name="renamed", tags=["a", "b"])
        assert (renamed.name, renamed.tags) == ("renamed", ["a", "b"])
        await qaas.delete_job(job_id=jobs[0].id)
        assert len(await qaas.list_jobs_all(session_id=session.id)) == 14
    with step("models: get_model, list_models_all"):
        assert (await qaas.get_model(model_id=stored.id)).id == stored.id
        assert len(await qaas.list_models_all()) == 3
    with step("a program that cannot be read ends as an error that says why"):
        broken = await qaas.create_model(payload=model("OPENQASM 2.0; nonsense", 2))
        with_error = await qaas.create_job(
            name="broken", session_id=session.id, circuit=JobCircuit(), model_id=broken.id, parameters="{}"
        )
        ended = await qaas.wait_for_job(job_id=with_error.id)
        assert ended.status == "error", ended
        assert ended.progress_message
    with step("update_session, list_session_acls, terminate, wait, list_sessions_all, delete"):
        assert (await qaas.update_session(session_id=session.id, tags=["t"])).tags == ["t"]
        assert (await qaas.list_session_ac_ls(session_id=session.id)).acls
        assert await qaas.list_session_ac_ls_all(session_id=session.id)
        await qaas.terminate_session(session_id=session.id)
        assert (await qaas.wait_for_session(session_id=session.id)).status == "stopped"
        assert session.id in [other.id for other in await qaas.list_sessions_all(project_id=PROJECT)]
        with refused("409"):
            await qaas.create_job(name="late", session_id=session.id, circuit=JobCircuit(), model_id=stored.id)
        await qaas.delete_session(session_id=session.id)
        assert session.id not in [other.id for other in await qaas.list_sessions_all()]
    with step("applications: the input template runs as a process; results, list_processes_all"):
        applications = await qaas.list_applications_all()
        vqe = await qaas.get_application(application_id=applications[0].id)
        process = await qaas.create_process(
            name="p",
            application_id=vqe.id,
            platform_id=vqe.compatible_platform_ids[0],
            input=vqe.input_template,
        )
        ended = await qaas.wait_for_process(process_id=process.id)
        assert ended.status == "completed", ended
        assert await qaas.list_process_results_all(process_id=process.id)
        assert [other.id for other in await qaas.list_processes_all()] == [process.id]
        assert (await qaas.update_process(process_id=process.id, name="q")).name == "q"
        await qaas.delete_process(process_id=process.id)
    with step("a booked session: demand, wait_for_booking, list_bookings_all, update_booking"):
        (fresnel,) = (await qaas.list_platforms(name="QPU-FRESNEL-100PQ")).platforms
        begin = (datetime.now(UTC) + timedelta(days=random.randint(2, 28))).replace(
            hour=9, minute=0, second=0, microsecond=0
        )
        demand = CreateSessionRequestBookingDemand(
            started_at=begin, finished_at=begin + timedelta(hours=1), description="peer", time_zone="UTC"
        )
        booked = await qaas.create_session(platform_id=fresnel.id, name="booked", booking_demand=demand)
        (booking,) = await qaas.list_bookings_all(platform_id=fresnel.id)
        ended = await qaas.wait_for_booking(booking_id=booking.id)
        assert ended.status == "validated", ended
        assert booked.booking_id == booking.id
        assert (await qaas.update_booking(booking_id=booking.id, description="d")).description == "d"
    with step("an unknown job is a 404"):
        with refused("404"):
            await qaas.get_job(job_id=str(uuid.uuid4()))


async def text_of(qaas: QaasV1Alpha1API, job_id: str) -> str:
    circuit = await qaas.get_job_circuit(job_id=job_id)
    return circuit.qiskit_circuit or ""


asyncio.run(main())
finish()
