"""Resume a job that another process submitted, or this one before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anyqpu import _emulator
from anyqpu.config.settings import SECRETS
from anyqpu.connecting import connect
from anyqpu.core.registry import provider_spec
from anyqpu.model.handle import JobHandle
from anyqpu.model.job import Job
from anyqpu.transport.addresses import is_loopback, origin_of
from anyqpu.transport.http import Limits


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
    try:
        parsed = handle if isinstance(handle, JobHandle) else JobHandle.parse(handle)
        usual: dict[str, Any] = {"limits": Limits(keep_alive=False)}
        if parsed.profile is not None:
            usual["profile"] = parsed.profile
        usual |= _address_options(parsed, options)
        client = connect(parsed.provider, **{**usual, **options})
    finally:
        # Credentials in it must not be seen in a traceback with local variables, also of what fails later.
        options.clear()
    return await client.resume(parsed)


def _address_options(handle: JobHandle, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of `connect` for the address of a handle, as far as it may be used.

    A handle is data from outside: credentials must not go to an address because a handle names it. The client compares
    the address with its own, and refuses another one.
    """
    address = handle.base_url
    if address is None or any(options.get(name) is not None for name in ("base_url", "emulator")):
        return {}
    spec = provider_spec(handle.provider)
    for region, endpoints in spec.regions.items():
        if endpoints.base_url == address and "region" not in options:
            return {"region": region}
    # Options that are credentials are for the cloud. Without them, an emulator gets those that it takes from everyone.
    if spec.emulator is None or _emulator.requested(None) or not options.keys().isdisjoint({*SECRETS, "transport"}):
        return {}
    root = address.removesuffix(spec.emulator.path)
    if root != address and is_loopback(origin_of(root)[1]):
        return {"emulator": root}
    return {}
