"""qhub-api, Kipu's own, asynchronous."""

import asyncio

from probing import BELL, EMULATOR, LISTED, jobs, reads, submits, tell, tell_versions, waits
from qhub.api.quantum import AsyncHubQuantumClient


async def main() -> None:
    tell_versions("qhub-api")
    client = AsyncHubQuantumClient(base_url=f"{EMULATOR}/kipu/quantum", api_key="any")

    def submit() -> object:
        return client.jobs.create_job(backend_id="kipu.sim.qsim", shots=10, input=BELL, input_format="OPEN_QASM_V2")

    job = await submit()
    await reads("getJob", lambda: client.jobs.get_job(job.id))
    await submits("createJob", submit)
    while jobs() < LISTED:
        await submit()
    page = await client.jobs.search_jobs()
    tell("list", {"call": "search_jobs()", "found": len(page.content), "of": page.total_elements})
    waits(None)


asyncio.run(main())
