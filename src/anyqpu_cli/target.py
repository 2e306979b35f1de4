"""What words on the command line stand for: clouds, devices and jobs."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from anyqpu.connecting import PROVIDERS
from anyqpu.errors import ValidationError
from anyqpu.model.handle import JobHandle


def did_you_mean(word: str, known: Sequence[str], otherwise: str | None = None) -> str:
    """The nearest of the words that are known, as a question; else all of them, or what is said otherwise."""
    close = difflib.get_close_matches(word.lower(), known, n=1)
    return f"Did you mean {close[0]!r}?" if close else otherwise or f"There are {', '.join(known)}"


def checked_provider(word: str) -> str:
    """The name of a cloud; raises `ValidationError` for any other word."""
    if word not in PROVIDERS:
        raise ValidationError(f"there is no cloud {word!r}", hint=did_you_mean(word, PROVIDERS))
    return word


def split_device(text: str) -> tuple[str, str]:
    """Provider and device of `PROVIDER:DEVICE`; raises `ValidationError` for another form."""
    provider, _, device = text.partition(":")
    if not device:
        # Names of devices often begin with the cloud's own.
        begins = next((each for each in PROVIDERS if text.startswith(f"{each}.")), None)
        usual = f"It looks like kipu:kipu.sim.qsim; providers are {', '.join(PROVIDERS)}"
        hint = f"Did you mean '{begins}:{text}'?" if begins else usual
        raise ValidationError(f"{text!r} is not PROVIDER:DEVICE", hint=hint)
    return checked_provider(provider), device


def named(words: Sequence[str]) -> tuple[str, str]:
    """Cloud and identifier of `PROVIDER:ID`, as lists show it, or of the words `PROVIDER ID`."""
    match list(words):
        case [text] if ":" in text:
            provider, _, id = text.partition(":")
        case [provider, id]:
            pass
        case _:
            raise ValidationError(
                f"{' '.join(words)!r} is not PROVIDER:ID", hint=f"Providers are {', '.join(PROVIDERS)}"
            )
    return checked_provider(provider), id


def id_at(text: str, provider: str, what: str) -> str:
    """The identifier in `ID` or `PROVIDER:ID`; raises `ValidationError` where that is another cloud."""
    there, named, id = text.partition(":")
    if not named or there not in PROVIDERS:
        return text
    if there != provider:
        raise ValidationError(f"the {what} is at {there}, and the device at {provider}")
    return id


def handle_of(words: Sequence[str]) -> JobHandle:
    """The handle that a job was named by: itself, in either form, or cloud and identifier, in one word or two."""
    match list(words):
        case [text] if text.partition(":")[0] in PROVIDERS:
            return JobHandle(*named(words))
        case [text]:
            handle = JobHandle.parse(text)
            checked_provider(handle.provider)
            return handle
        case [provider, id]:
            return JobHandle(checked_provider(provider), id)
        case _:
            raise ValidationError(f"expected one job, not {len(words)} words", hint="Give a handle, or PROVIDER:ID")
