"""Shell completion of providers, devices and states."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING

from anyqpu_cli.target import provider_names

if TYPE_CHECKING:
    from anyqpu.model.device import Device

MODE = "_ANYQPU_COMPLETE"
# Seconds for a provider to list its devices, while the user waits at the prompt.
TIMEOUT = 3.0


def providers(incomplete: str) -> list[str]:
    """Return the providers."""
    return [name for name in provider_names() if name.startswith(incomplete)]


def states(incomplete: str) -> list[str]:
    """Return the states of a job."""
    from anyqpu.model.status import JobStatus

    return [str(status) for status in JobStatus if status.startswith(incomplete)]


def speeds(incomplete: str) -> list[str]:
    """Return the speeds of the emulator."""
    return [speed for speed in ("instant", "fast", "real") if speed.startswith(incomplete)]


def devices(incomplete: str) -> list[str]:
    """Return providers as `PROVIDER:`; where only one matches, its devices, if it responds in time."""
    provider, colon, _ = incomplete.partition(":")
    matches = [provider] if colon else providers(provider)
    if len(matches) != 1:
        return [f"{match}:" for match in matches]
    return sorted(target for target in _device_targets(matches[0]) if target.startswith(incomplete)) or (
        [] if colon else [f"{matches[0]}:"]
    )


def _device_targets(provider: str) -> Sequence[str]:
    import anyio

    from anyqpu.errors import AnyQPUError
    from anyqpu_cli.setup import Setup

    async def list_devices() -> list[Device]:
        with anyio.fail_after(TIMEOUT):
            async with Setup().connect(provider) as client:
                return await client.devices().collect()

    try:
        # The shell reads one target a line.
        return [device.target for device in anyio.run(list_devices) if device.target.isprintable()]
    except (AnyQPUError, TimeoutError):
        return []  # a completion has no place for an error


def complete_in_bash(complete: Callable[[], object]) -> None:
    """Complete in bash, which splits words at colons: the completions begin after the last colon."""
    from anyqpu_cli.output import show

    prefix = _join_words()
    completions = StringIO()
    try:
        with redirect_stdout(completions):
            complete()
    finally:
        for line in completions.getvalue().splitlines():
            show(line.removeprefix(prefix))


def _join_words() -> str:
    """Join the words that bash split at colons, in the environment; return the last one up to its last colon."""
    words, cursor = os.environ.get("COMP_WORDS", "").split("\n"), int(os.environ.get("COMP_CWORD", "0"))
    joined: list[str] = []
    current = 0
    for number, word in enumerate(words):
        if joined and (word == ":" or joined[-1].endswith(":")) and not word.startswith("-"):
            joined[-1] += word
        else:
            joined.append(word)
        if number <= cursor:
            current = len(joined) - 1
    os.environ["COMP_WORDS"], os.environ["COMP_CWORD"] = "\n".join(joined), str(current)
    return joined[current][: joined[current].rfind(":") + 1] if ":" in joined[current] else ""
