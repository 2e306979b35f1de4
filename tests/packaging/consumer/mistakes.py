"""Uses that make no sense: both checkers report each line that ends in `# mistake`."""

import anyqpu
from anyqpu import errors
from anyqpu.providers.kipu import KipuClient


async def mistakes(name: str, client: anyqpu.Client, job: anyqpu.Job) -> None:
    kipu: KipuClient = anyqpu.connect("pasqal")  # mistake
    await kipu.submit("x")  # mistake
    await client.submit("x", device="y", parameters=["theta"])  # mistake
    await client.submit("x", device="y", shot=10)  # mistake
    anyqpu.conect(name)  # mistake
    print(job.colour)  # mistake
    print(job.queue_position + 1)  # mistake
    job.name = "another"  # mistake
    counts: dict[str, str] = (await job.result()).counts  # mistake
    anyqpu.Money(1.5, "EUR")  # mistake
    for _device in client.devices():  # mistake
        pass
    print(errors.WaitTimeoutError("x").last_state)  # mistake
    anyqpu.RetryPolicy(attempt=3)  # mistake
    print(counts)


def blocking_mistakes(job: anyqpu.sync.Job, kipu: anyqpu.sync.KipuClient) -> None:
    kipu.submit("x")  # mistake
    kipu.submit("x", device="y", shot=10)  # mistake
    print(job.result().count)  # mistake
    for _job in kipu.jobs:  # mistake
        pass
    other: anyqpu.sync.PasqalClient = anyqpu.sync.connect("kipu")  # mistake
    anyqpu.sync.connect("kipu", event_loop="curio")  # mistake
    print(anyqpu.sync.Jobs)  # mistake
    kipu.raw.no_operation()  # mistake
    print(other)
