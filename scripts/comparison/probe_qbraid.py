"""qBraid's SDK, with its provider for Pasqal Cloud; its waits are asynchronous, its other calls are not."""

import asyncio

from probe_pasqal import SEQUENCE, login
from probing import reads, submits, tell, tell_versions, waits
from qbraid.runtime.pasqal import PasqalJob, PasqalProvider


async def main() -> None:
    tell_versions("qbraid", "pasqal-cloud")
    client = login()
    device = PasqalProvider(sdk=client).get_device("EMU_FREE")
    job = device.submit(SEQUENCE, shots=10)
    # Of a job that is over: it looks at the status, and then fetches the result, each in a thread.
    await reads("get_batch", lambda: PasqalJob(job.id, sdk=client).async_result())
    await submits("create_batch", lambda: device.submit(SEQUENCE, shots=10))
    tell("list", None)
    waits(PasqalJob.async_result)


asyncio.run(main())
