"""Providers, devices and jobs as arguments on the command line."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from functools import cache

from anyqpu.errors import ValidationError
from anyqpu.model.handle import JobHandle


@cache
def provider_names() -> tuple[str, ...]:
    """Return the names of all installed providers. The first call reads the disk."""
    from anyqpu.core.registry import available_providers

    return tuple(available_providers())


def did_you_mean(word: str, choices: Sequence[str], otherwise: str | None = None) -> str:
    """Return a question with the most similar known word; where none is similar, `otherwise` or all of them."""
    close = difflib.get_close_matches(word.lower(), choices, n=1)
    return f"Did you mean {close[0]!r}?" if close else otherwise or f"There are {', '.join(choices)}"


def check_provider(name: str) -> str:
    """Return the name of a provider; raises `ValidationError` for any other text."""
    if name not in provider_names():
        raise ValidationError(f"there is no provider {name!r}", hint=did_you_mean(name, provider_names()))
    return name


def split_device(text: str) -> tuple[str, str]:
    """Return provider and device of `PROVIDER:DEVICE`; raises `ValidationError` for another form."""
    provider, _, device = text.partition(":")
    if not device:
        # Names of devices often begin with the provider's.
        begins = next((name for name in provider_names() if text.startswith(f"{name}.")), None)
        example = f"Such as kipu:kipu.sim.qsim; providers are {', '.join(provider_names())}"
        hint = f"Did you mean '{begins}:{text}'?" if begins else example
        raise ValidationError(f"{text!r} is not PROVIDER:DEVICE", hint=hint)
    return check_provider(provider), device


def split_reference(words: Sequence[str]) -> tuple[str, str]:
    """Return provider and identifier of `PROVIDER:ID`, or of the two words `PROVIDER ID`."""
    match list(words):
        case [text] if ":" in text:
            provider, _, id = text.partition(":")
        case [provider, id]:
            pass
        case _:
            raise ValidationError(
                f"{' '.join(words)!r} is not PROVIDER:ID", hint=f"Providers are {', '.join(provider_names())}"
            )
    return check_provider(provider), id


def id_on(text: str, provider: str, kind: str) -> str:
    """Return the identifier in `ID` or `PROVIDER:ID`; raises `ValidationError` for another provider."""
    prefix, colon, id = text.partition(":")
    if not colon or prefix not in provider_names():
        return text
    if prefix != provider:
        raise ValidationError(f"the {kind} belongs to {prefix}, and the device to {provider}")
    return id


def parse_handle(words: Sequence[str]) -> JobHandle:
    """Return a job's handle from its text or JSON, from `PROVIDER:ID`, or from the two words `PROVIDER ID`."""
    match list(words):
        case [text] if text.partition(":")[0] in provider_names():
            return JobHandle(*split_reference(words))
        case [text]:
            handle = JobHandle.parse(text)
            check_provider(handle.provider)
            return handle
        case [provider, id]:
            return JobHandle(check_provider(provider), id)
        case _:
            raise ValidationError(f"expected one job, not {len(words)} words", hint="Give a handle, or PROVIDER:ID")
