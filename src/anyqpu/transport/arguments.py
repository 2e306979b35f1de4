"""Requests from the arguments of a call: an argument that cannot be sent is a `ValidationError`, before any request."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

from anyqpu_raw._core import Builder, Operation, ParameterError, Request

from anyqpu.errors import ValidationError

P = ParamSpec("P")


def builder(provider: str) -> Builder:
    """Return what makes the requests of a provider's operations.

    It calls a generated `build_request` with the arguments after it, and raises `ValidationError`, which names the
    argument, where one of them cannot be sent: an empty identifier, `..`, a time without zone, NaN, and so on.
    """

    def build(
        operation: Operation, build_request: Callable[P, Request], /, *args: P.args, **kwargs: P.kwargs
    ) -> Request:
        try:
            return build_request(*args, **kwargs)
        except ParameterError as error:
            field, reason = error.field.removeprefix("body."), error.reason
        except Exception:  # whatever an object of the caller's raises while it is read
            field, reason = "", "an argument has a type that cannot be sent"
        raise ValidationError(
            f"{field}: {reason}" if field else reason,
            provider=provider,
            operation=operation.id,
            fields=(field,) if field else (),
        )

    return build
