"""The boundary around mappings: a response becomes a value of the common model, or an error of the tree.

`reads` goes on every function that maps a generated model. The function gets a model whose fields have their
documented types (`sound`); the value's `raw` keeps the model as it was sent. `read_each` maps the elements of a list:
one that cannot be read is left out, logged and counted, and does not harm the others.
"""

from __future__ import annotations

import dataclasses
import functools
import logging
from collections.abc import Callable, Collection
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from anyqpu_raw._core import Unset

from anyqpu import drift
from anyqpu.errors import AnyQPUError, UnexpectedResponseError
from anyqpu.providers.sound import sound
from anyqpu.transport import exchange

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

logger = logging.getLogger("anyqpu")
HINT = "The cloud's API may have changed: report it with the version of anyqpu"


class OddResponseError(ValueError):
    """A response lacks what its mapping cannot do without; the message is fit to be shown."""


def identity(value: Any, name: str = "id") -> str:
    """Return an identifier, which is a text that is not empty; raise `OddResponseError` for anything else."""
    if isinstance(value, str) and value:
        return value
    raise OddResponseError(f"{name!r} is missing or not a text")


def status_word(value: Any, name: str = "status") -> str:
    """Return the provider's word for a status; raise `OddResponseError` where there is none."""
    if isinstance(value, str) and value:
        return str(value)
    raise OddResponseError(f"{name!r} is missing or not a text")


def reads(
    provider: str, *, as_sent: Collection[str] = ()
) -> Callable[[Callable[Concatenate[R, P], T]], Callable[Concatenate[R, P], T]]:
    """Mark a mapping, which takes what a provider sent first.

    The mapping gets it sound, but for the attributes `as_sent`; whatever it raises outside the tree becomes an
    `UnexpectedResponseError` about the last response of this task.
    """

    def decorate(mapping: Callable[Concatenate[R, P], T]) -> Callable[Concatenate[R, P], T]:
        @functools.wraps(mapping)
        def read(raw: R, *args: P.args, **kwargs: P.kwargs) -> T:
            reason = "a field has an unexpected value"
            try:
                fitting = sound(raw, as_sent=as_sent)
                mapped = mapping(fitting, *args, **kwargs)
                return mapped if fitting is raw else _with_raw(mapped, fitting, raw)
            except AnyQPUError:
                raise
            except OddResponseError as error:
                reason = str(error)
            except Exception:  # noqa: S110  # raised below, out of the frames that hold the response
                pass
            raise odd_response(provider, reason)

        return cast("Callable[Concatenate[R, P], T]", read)

    return decorate


def _with_raw(mapped: T, fitting: Any, raw: Any) -> T:
    """The mapped value with the model as it was sent in the place of the sound one."""
    if dataclasses.is_dataclass(mapped) and getattr(mapped, "raw", None) is fitting:
        return cast("T", dataclasses.replace(cast("Any", mapped), raw=raw))
    return mapped


def odd_response(provider: str, reason: str) -> UnexpectedResponseError:
    """Return the error for a response that cannot be read; the last one of this task, as far as it is known."""
    return UnexpectedResponseError(f"invalid response: {reason}", hint=HINT, **exchange.details(provider))


def elements_of(provider: str, value: Any) -> list[Any]:
    """Return the elements of a list; null and a missing field are an empty one.

    Raises:
        UnexpectedResponseError: It is anything else.
    """
    if value is None or isinstance(value, Unset):
        return []
    if isinstance(value, list | tuple):
        return list(cast("list[Any]", value))
    raise odd_response(provider, "a list was expected")


def read_each(
    provider: str, value: Any, mapping: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs
) -> list[T]:
    """Map the elements of a list; those that cannot be read are left out, logged at WARNING and counted as drift.

    Raises:
        UnexpectedResponseError: The value is neither a list nor null.
    """
    found: list[T] = []
    for number, element in enumerate(elements_of(provider, value)):
        try:
            found.append(mapping(element, *args, **kwargs))
        except UnexpectedResponseError as error:
            operation = error.operation or "a list"
            drift.note(provider, "element", operation, error.message)
            logger.warning("%s %s: element %d was left out: %s", provider, operation, number, error.message)
    return found
