"""Resume a job that another process submitted, or this one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anyqpu.connecting import connect, options_for_address
from anyqpu.model.handle import JobHandle
from anyqpu.model.job import Job
from anyqpu.transport.http import Limits

if TYPE_CHECKING:
    from anyqpu.core.client import Client


async def resume(handle: JobHandle | str, **options: Any) -> Job:
    """Return the job of a handle, ready to be awaited.

    Its client keeps no connection open between two calls, so there is nothing to close. For many handles, make a client
    of your own and use its `resume`.

    A handle may name an address. It is used if it is one of the provider's regions, or an emulator on this machine,
    which gets no credentials; any other has to be the one that your settings or options have.

    Args:
        handle: `str(job.handle)`, its JSON, or the handle itself. Its profile is used unless you pass another.
        options: The options of `connect`, where settings alone do not say how to reach the cloud.

    Raises:
        ValidationError: The text is not a job handle, or its account or address is not that of your settings.
        NotFoundError: There is no such job, or not for these credentials.
        AnyQPUError: What `connect` and the cloud raise.
    """
    client, parsed = client_of(handle, options)
    return await client.resume(parsed)


def client_of(handle: JobHandle | str, options: dict[str, Any]) -> tuple[Client, JobHandle]:
    """Return a client for the job of a handle, and the handle; `options` is emptied.

    Raises:
        ValidationError: The text is not a job handle.
        AnyQPUError: What `connect` raises.
    """
    try:
        parsed = handle if isinstance(handle, JobHandle) else JobHandle.parse(handle)
        usual: dict[str, Any] = {"limits": Limits(keep_alive=False)}
        if parsed.profile is not None:
            usual["profile"] = parsed.profile
        usual |= options_for_address(parsed.provider, parsed.base_url, options)
        return connect(parsed.provider, **{**usual, **options}), parsed
    finally:
        # Credentials in it must not be seen in a traceback with local variables, also of what fails later.
        options.clear()
