"""One query to several providers at the same time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import anyio

from anyqpu import config
from anyqpu.errors import AnyQPUError, ConnectError, MissingCredentialsError
from anyqpu_cli.setup import Setup
from anyqpu_cli.target import check_provider, provider_names
from anyqpu_cli.words import error_record, error_text

if TYPE_CHECKING:
    from anyqpu.core.client import Client

T = TypeVar("T")


@dataclass(slots=True)
class Response(Generic[T]):
    """The response of a provider: a value, or an error.

    Attributes:
        was_queried: Whether the query was sent; it is not where the provider lacks the capability.
    """

    provider: str
    value: T | None = None
    problem: AnyQPUError | None = None
    was_queried: bool = True


def selected_providers(setup: Setup, provider: str | None) -> Sequence[str]:
    """Return the provider that the command names, or all that are configured; with an emulator, all.

    Raises `MissingCredentialsError` if none is configured.
    """
    if provider is not None:
        return [check_provider(provider)]
    names = provider_names()
    selected = names if setup.emulated else [name for name in names if is_configured(name, setup.profile)]
    if not selected:
        raise MissingCredentialsError(
            "no provider is configured",
            hint="`anyqpu config show` lists where credentials are read from; --emulator needs none",
        )
    return selected


def is_configured(provider: str, profile: str | None) -> bool:
    """Return whether a provider has credentials, or settings with an error."""
    try:
        return config.has_credentials(config.resolve(provider, {}, profile=profile))
    except AnyQPUError:
        # Connecting to it reports what is wrong with its settings.
        return True


async def query_providers(
    setup: Setup, providers: Sequence[str], query: Callable[[Client], Awaitable[T]], *, needs: str | None = None
) -> Sequence[Response[T]]:
    """Return the response of each provider, in their order, all queried at the same time.

    `needs` is a capability; of several providers, those without it are not queried.
    """
    responses = [Response[T](provider) for provider in providers]

    async def run(response: Response[T]) -> None:
        try:
            async with setup.connect(response.provider) as client:
                response.was_queried = needs is None or len(providers) == 1 or needs in client.capabilities.names()
                if response.was_queried:
                    response.value = await query(client)
        except AnyQPUError as error:
            response.problem = error

    async with anyio.create_task_group() as group:
        for response in responses:
            group.start_soon(run, response)
    return responses


async def list_from_providers(
    setup: Setup, provider: str | None, query: Callable[[Client], Awaitable[list[T]]], *, needs: str | None = None
) -> list[T]:
    """Return what all providers list.

    A provider that fails is a warning on stderr; the first error is raised if all queries failed.
    """
    responses = await query_providers(setup, selected_providers(setup, provider), query, needs=needs)
    problems = [response.problem for response in responses if response.problem is not None]
    if problems and len(problems) == sum(response.was_queried for response in responses):
        # An emulator that does not run is one problem, not one for each provider.
        unreachable = setup.emulated and all(isinstance(problem, ConnectError) for problem in problems)
        for problem in () if unreachable else problems[1:]:
            setup.report(f"anyqpu: {error_text(problem)}", error_record(problem))
        raise problems[0]
    for response in responses:
        if response.problem is not None:
            text = error_text(response.problem)
            text = text if text.startswith(response.provider) else f"{response.provider}: {text}"
            setup.report(f"anyqpu: {text}", error_record(response.problem) | {"provider": response.provider})
    return [item for response in responses for item in response.value or ()]


async def platform_names(client: Client) -> dict[str, str]:
    """Return the names of devices by their identifiers, for a provider whose devices have both."""
    if not client.spec.has_device_names:
        return {}
    try:
        return {device.id: device.name for device in await client.devices().collect()}
    except AnyQPUError:
        return {}  # the list is useful without them
