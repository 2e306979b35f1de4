"""The same question to several clouds at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import anyio

from anyqpu import config
from anyqpu.connecting import PROVIDERS
from anyqpu.errors import AnyQPUError, ConnectError, MissingCredentialsError
from anyqpu_cli.output import tell
from anyqpu_cli.setup import Setup
from anyqpu_cli.target import checked_provider

if TYPE_CHECKING:
    from anyqpu_cli.setup import Client

T = TypeVar("T")


@dataclass(slots=True)
class Answer(Generic[T]):
    """What a cloud answered: a value, or what went wrong."""

    provider: str
    value: T | None = None
    problem: AnyQPUError | None = None


def chosen(setup: Setup, provider: str | None) -> Sequence[str]:
    """The clouds to ask: the one that was named, or all that are configured; all there are, with an emulator.

    Raises `MissingCredentialsError` if none is configured.
    """
    if provider is not None:
        return [checked_provider(provider)]
    found = PROVIDERS if setup.emulated else [each for each in PROVIDERS if _worth_asking(each, setup.profile)]
    if not found:
        raise MissingCredentialsError(
            "no cloud is configured",
            hint="See what is looked for with `anyqpu config show`, or try it offline with --emulator",
        )
    return found


def _worth_asking(provider: str, profile: str | None) -> bool:
    try:
        return config.has_credentials(config.resolve(provider, {}, profile=profile))
    except AnyQPUError:
        # What is wrong with its settings is said when it is asked.
        return True


async def ask(
    setup: Setup, providers: Sequence[str], question: Callable[[Client], Awaitable[T]], *, needs: str | None = None
) -> Sequence[Answer[T]]:
    """What each cloud answers, in their order; none waits for another, and none spoils another's answer.

    Of several clouds, those that lack the capability `needs` are not asked.
    """
    answers = [Answer[T](provider) for provider in providers]

    async def one(answer: Answer[T]) -> None:
        try:
            async with setup.connect(answer.provider) as client:
                if needs is None or len(providers) == 1 or needs in client.capabilities.names():
                    answer.value = await question(client)
        except AnyQPUError as error:
            answer.problem = error

    async with anyio.create_task_group() as group:
        for answer in answers:
            group.start_soon(one, answer)
    return answers


async def ask_for_lists(
    setup: Setup, provider: str | None, question: Callable[[Client], Awaitable[list[T]]], *, needs: str | None = None
) -> list[T]:
    """All that the clouds list. One that fails is a line on stderr; an error only if none answers."""
    answers = await ask(setup, chosen(setup, provider), question, needs=needs)
    problems = [answer.problem for answer in answers if answer.problem is not None]
    if len(problems) == len(answers):
        # One emulator that is not there is one problem.
        nowhere = setup.emulated and all(isinstance(problem, ConnectError) for problem in problems)
        for problem in () if nowhere else problems[1:]:
            tell(f"anyqpu: {problem}")
        raise problems[0]
    for answer in answers:
        if answer.problem is not None:
            text = str(answer.problem)
            tell(f"anyqpu: {text if text.startswith(answer.provider) else f'{answer.provider}: {text}'}")
    return [item for answer in answers for item in answer.value or ()]


async def platform_names(client: Client) -> dict[str, str]:
    """Names of Scaleway's platforms by their identifiers, which nobody knows by heart; empty for other clouds."""
    if client.provider != "scaleway":
        return {}
    try:
        return {device.id: device.name for device in await client.devices().collect()}
    except AnyQPUError:
        return {}  # what they belong to is of use without them
