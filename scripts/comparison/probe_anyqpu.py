"""anyqpu, with Kipu Quantum Hub."""

import asyncio

from probing import BELL, LISTED, reads, submits, tell, tell_versions, waits

import anyqpu


async def main() -> None:
    tell_versions("anyqpu")
    async with anyqpu.connect("kipu") as kipu:
        job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=10)
        await reads("getJob", lambda: kipu.job(job.id))
        await submits("createJob", lambda: kipu.submit(BELL, device="kipu.sim.qsim", shots=10))
        while len(await kipu.jobs().collect()) < LISTED:
            await kipu.submit(BELL, device="kipu.sim.qsim", shots=10)
        tell("list", {"call": "kipu.jobs()", "found": len(await kipu.jobs().collect()), "of": LISTED})
    waits(anyqpu.Job.wait)


asyncio.run(main())
