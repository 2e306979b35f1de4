"""What a shell offers when Tab is pressed: clouds, devices, states."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anyqpu.model.device import Device

MODE = "_ANYQPU_COMPLETE"
# Seconds for a cloud to list its devices; somebody looks at a cursor meanwhile.
PATIENCE = 3.0


def providers(incomplete: str) -> list[str]:
    """The clouds."""
    from anyqpu.connecting import PROVIDERS

    return [each for each in PROVIDERS if each.startswith(incomplete)]


def states(incomplete: str) -> list[str]:
    """The states of a job."""
    from anyqpu.model.status import JobStatus

    return [str(each) for each in JobStatus if each.startswith(incomplete)]


def speeds(incomplete: str) -> list[str]:
    """How fast the emulator is."""
    return [each for each in ("instant", "fast", "real") if each.startswith(incomplete)]


def devices(incomplete: str) -> list[str]:
    """Clouds as `PROVIDER:`, and the devices of the one that is meant, if it answers soon."""
    provider, named, _ = incomplete.partition(":")
    meant = [provider] if named else providers(provider)
    if len(meant) != 1:
        return [f"{each}:" for each in meant]
    return sorted(each for each in _listed(meant[0]) if each.startswith(incomplete)) or (
        [] if named else [f"{meant[0]}:"]
    )


def _listed(provider: str) -> Sequence[str]:
    import anyio

    from anyqpu.errors import AnyQPUError
    from anyqpu_cli.fields import target_of
    from anyqpu_cli.setup import Setup

    async def ask() -> list[Device]:
        with anyio.fail_after(PATIENCE):
            async with Setup().connect(provider) as client:
                return await client.devices().collect()

    try:
        # Each is a line for the shell.
        return [target for device in anyio.run(ask) if (target := target_of(device)).isprintable()]
    except (AnyQPUError, TimeoutError):
        return []  # there is no place for what went wrong


def in_bash(offer: Callable[[], object]) -> None:
    """Offer what is offered in bash, where a colon begins a word of its own: it is not to be repeated."""
    from anyqpu_cli.output import show

    before = _join_words()
    offered = StringIO()
    try:
        with redirect_stdout(offered):
            offer()
    finally:
        for line in offered.getvalue().splitlines():
            show(line.removeprefix(before))


def _join_words() -> str:
    """Put the words together that bash has taken apart at colons; what stands before the last colon of the last."""
    words, at = os.environ.get("COMP_WORDS", "").split("\n"), int(os.environ.get("COMP_CWORD", "0"))
    whole: list[str] = []
    place = 0
    for number, word in enumerate(words):
        if whole and (word == ":" or whole[-1].endswith(":")) and not word.startswith("-"):
            whole[-1] += word
        else:
            whole.append(word)
        if number <= at:
            place = len(whole) - 1
    os.environ["COMP_WORDS"], os.environ["COMP_CWORD"] = "\n".join(whole), str(place)
    return whole[place][: whole[place].rfind(":") + 1] if ":" in whole[place] else ""
