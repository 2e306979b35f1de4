"""Where a handle's job lives: its account and address are compared with those of the client that takes the handle."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlsplit

from anyqpu.core.arguments import checked_object, shown
from anyqpu.core.checks import naming
from anyqpu.errors import ValidationError
from anyqpu.model.handle import JobHandle

if TYPE_CHECKING:
    from anyqpu.core.context import AnyContext


def checked_handle(handle: JobHandle | str, context: AnyContext) -> JobHandle:
    """Return a handle that this client can use.

    What is unknown on either side is not compared: handles of earlier releases say neither account nor address.

    Raises:
        ValidationError: It is not a handle, or it is of another provider, account or address.
    """
    provider = context.provider
    with naming(provider):
        parsed = JobHandle.parse(handle) if isinstance(handle, str) else handle
        checked_object(parsed, JobHandle, "handle", provider)
        if parsed.provider != provider:
            raise ValidationError(f"invalid handle for {provider}: {parsed}", fields=("handle",))
    # Only names that the provider lists: a handle must not be compared with a credential.
    for name, value in context.account.items():
        theirs = parsed.account.get(name)
        if theirs is not None and theirs != value:
            _refuse(
                provider,
                f"the handle is of {name} {shown(theirs)}, this client uses {value!r}",
                f"Connect with {name}={theirs!r}",
            )
    if None not in {parsed.base_url, context.address} and _normal(parsed.base_url) != _normal(context.address):
        _refuse(
            provider,
            f"the handle is of the address {shown(parsed.base_url)}, this client uses {context.address!r}",
            "If you trust that address, connect with it: as base_url=, or as emulator= without its path",
        )
    return parsed


def _refuse(provider: str, problem: str, hint: str) -> NoReturn:
    raise ValidationError(problem, provider=provider, fields=("handle",), hint=hint)


def _normal(address: object) -> str:
    """Return an address in the form in which two of them can be compared; this machine has several names."""
    try:
        parts = urlsplit(str(address))
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return str(address)
    host = "127.0.0.1" if parts.hostname in {"localhost", "::1"} else parts.hostname
    return f"{parts.scheme}://{host}:{port}{parts.path.rstrip('/')}"
