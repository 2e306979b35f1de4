"""Options that several commands share."""

from __future__ import annotations

from anyqpu.cli.histogram import histogram
from anyqpu.connecting import PROVIDERS
from anyqpu.errors import ValidationError
from anyqpu.model.result import Result, ResultKind


def split_device(text: str) -> tuple[str, str]:
    """Provider and device of `PROVIDER:DEVICE`; raises `ValidationError` for another form."""
    provider, _, device = text.partition(":")
    if provider not in PROVIDERS or not device:
        raise ValidationError(
            f"{text!r} is not PROVIDER:DEVICE",
            hint=f"It looks like kipu:kipu.sim.qsim; providers are {', '.join(PROVIDERS)}",
        )
    return provider, device


def show_result(result: Result) -> str:
    """A result as text, a picture for counts."""
    parts: list[str] = []
    for item in result.items:
        if item.counts is not None:
            parts += [repr(item.counts), histogram(item.counts)]
        elif item.kind is ResultKind.RAW:
            parts.append(repr(result.raw))
        else:
            parts.append(repr(getattr(item, item.kind)))
    return "\n".join(parts)
