"""scaleway-async, Scaleway's own, used as its documentation says."""

import asyncio
import base64
import json
import os
import uuid
import zlib

from probing import BELL, EMULATOR, LISTED, jobs, reads, submits, tell, tell_versions, waits
from scaleway_async import Client
from scaleway_async.qaas.v1alpha1 import JobCircuit, QaasV1Alpha1API
from scaleway_core.utils.waiter import WaitForOptions

os.environ["SCW_API_URL"] = f"{EMULATOR}/scaleway"
os.environ["SCW_ACCESS_KEY"] = "SCWXXXXXXXXXXXXXXXXX"
os.environ["SCW_SECRET_KEY"] = str(uuid.uuid4())
os.environ["SCW_DEFAULT_PROJECT_ID"] = str(uuid.uuid4())
PROGRAM = {
    "serialization_format": 2,
    "compression_format": 2,
    "serialization": base64.b64encode(zlib.compress(BELL.encode())).decode(),
}
MODEL = {"programs": [PROGRAM], "backend": {"name": "aer", "version": "2", "options": {}}, "noise_model": None}


async def main() -> None:
    tell_versions("scaleway-async")
    qaas = QaasV1Alpha1API(Client.from_env())
    (platform,) = (await qaas.list_platforms(name="EMU-AER-16C-128M")).platforms
    session = await qaas.create_session(platform_id=platform.id, name="probe", max_duration="1200s")
    await qaas.wait_for_session(session_id=session.id)
    model = await qaas.create_model(payload=json.dumps({**MODEL, "client": {"user_agent": "probe/1"}}))

    def submit() -> object:
        shots = json.dumps({"shots": 10, "options": {}})
        return qaas.create_job(
            name="probe", session_id=session.id, circuit=JobCircuit(), model_id=model.id, parameters=shots
        )

    job = await submit()
    await reads("GetJob", lambda: qaas.get_job(job_id=job.id))
    await submits("CreateJob", submit)
    while jobs() < LISTED:
        await submit()
    found = len(await qaas.list_jobs_all(session_id=session.id))
    tell("list", {"call": "list_jobs_all()", "found": found, "of": LISTED})
    waits(qaas.wait_for_job, f"options.timeout, {WaitForOptions().timeout} s unless said")


asyncio.run(main())
