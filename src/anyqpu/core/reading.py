"""The boundary around mappings: a response becomes a value of the common model, or an error of the tree.

`reads` decorates every function that maps a generated model. The function gets a model whose fields have their
documented types (`sound`); the value's `raw` keeps the model as it was sent. `read_each` maps the elements of a list:
one that cannot be read is left out, logged and counted, and does not harm the others. `page_of` checks the page that
they are on, and `listed_jobs` makes jobs of elements without reading more than what a job needs to exist.
"""

from __future__ import annotations

import dataclasses
import functools
import logging
from collections.abc import Callable, Collection
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from anyqpu_raw._core import ApiModel, OpenStrEnum, Unset

from anyqpu import drift
from anyqpu.core.rows import Row
from anyqpu.core.sound import sound
from anyqpu.core.usual import is_unicode
from anyqpu.errors import AnyQPUError, UnexpectedResponseError
from anyqpu.model.job import Job, JobActions, JobMapping
from anyqpu.transport import exchange
from anyqpu.transport.redact import hide, redact_text

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

logger = logging.getLogger("anyqpu")
LONGEST_WORD = 64
# Elements of one list that are logged one by one.
MOST_REPORTED = 5
ODD_FIELD = "a field has an unexpected value"
HINT = "The cloud's API may have changed: report it with the version of anyqpu"


class OddResponseError(ValueError):
    """A response lacks what its mapping cannot do without; the message is fit to be shown."""


def identity(value: Any, name: str = "id") -> str:
    """Return an identifier, which is a text that is not empty; raise `OddResponseError` for anything else."""
    if isinstance(value, str) and value and is_unicode(value):
        return value
    raise OddResponseError(f"{name!r} is missing or not a text")


def status_word(value: Any, name: str = "status") -> str:
    """Return the provider's word for a status; raise `OddResponseError` where it is missing.

    A text that is not a word is shortened, and links and credentials in it are replaced: statuses are shown in errors.
    """
    words = _words_of(value.__class__)
    if words and value._value_ in words:
        return value._value_  # type: ignore[no-any-return]
    if isinstance(value, str) and value and is_unicode(value):
        word = hide(str(value), exchange.secrets())
        return word if word.isidentifier() and len(word) <= LONGEST_WORD else redact_text(word[:1000])[:LONGEST_WORD]
    raise OddResponseError(f"{name!r} is missing or not a text")


@functools.cache
def _words_of(kind: type[Any]) -> frozenset[str]:
    """The words of an enum; none for any other type."""
    return frozenset(member.value for member in kind) if issubclass(kind, OpenStrEnum) else frozenset()


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
            reason = ODD_FIELD
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


def maps_jobs(
    provider: str, *, as_sent: Collection[str] = ()
) -> Callable[[Callable[[Any, Any], None]], Callable[[Any, Any], None]]:
    """Mark a mapping that sets the fields of a job, as `reads` does; see `JobMapping`."""

    to_sound: Callable[[Any], Any] = functools.partial(sound, as_sent=as_sent) if as_sent else sound

    def decorate(mapping: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
        @functools.wraps(mapping)
        def set_fields(raw: Any, job: Any) -> None:
            try:
                mapping(to_sound(raw), job)
            except (AnyQPUError, dataclasses.FrozenInstanceError):
                raise
            except OddResponseError as error:
                reason = str(error)
            except Exception:
                reason = ODD_FIELD
            else:
                return
            raise odd_response(provider, reason)

        return set_fields

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

    The first few are logged and counted one by one, the others as a number: a short body may hold ten thousand.

    Raises:
        UnexpectedResponseError: The value is neither a list nor null.
    """
    items: list[T] = []
    unreadable = _Unreadable(provider)
    for number, element in enumerate(elements_of(provider, value)):
        if element.__class__ is Row:
            items.append(element)  # type: ignore[arg-type]  # it stands for a job
            continue
        try:
            items.append(mapping(element, *args, **kwargs))
        except UnexpectedResponseError as error:
            unreadable.add(number, error)
    unreadable.report_rest()
    return items


class _Unreadable:
    """Reports the elements of one list that cannot be read: the first few by themselves, the others as a number."""

    def __init__(self, provider: str) -> None:
        self._provider = provider
        self._count = 0

    def add(self, number: int, error: UnexpectedResponseError) -> None:
        """Log and count an element, if it is one of the first."""
        self._count += 1
        if self._count <= MOST_REPORTED:
            operation = error.operation or "a list"
            drift.note(self._provider, "element", operation, error.message)
            logger.warning("%s %s: element %d was left out: %s", self._provider, operation, number, error.message)

    def report_rest(self) -> None:
        """Log how many more there were."""
        if self._count > MOST_REPORTED:
            rest = self._count - MOST_REPORTED
            logger.warning("%s: %d more elements of this list were left out", self._provider, rest)


def is_empty(response: object) -> bool:
    """Whether a success had no body where the document promises one; the generated client returns None for it."""
    return response is None


def page_of(provider: str, page: T, elements: str) -> T:
    """Return a page of a list with sound fields, its elements as they were sent.

    Args:
        provider: Name of the provider.
        page: What the generated client returned.
        elements: The attribute that has the elements.

    Raises:
        UnexpectedResponseError: It is not a page, such as None for a success without a body.
    """
    if not isinstance(page, ApiModel):
        raise odd_response(provider, "a page of a list was expected")
    return cast("T", sound(page, as_sent=(elements,)))


def listed_job(raw: Any, provider: str, model: type[Any], actions: JobActions, read: JobMapping) -> Job:
    """Return a job whose other fields are read when one of them is first used.

    Identifier and status are checked here, so that using a field later cannot fail.

    Args:
        raw: The element of a list.
        provider: Name of the provider.
        model: The generated model that it has to be of.
        actions: The job's client.
        read: The mapping that reads all fields, marked with `reads`.

    Raises:
        UnexpectedResponseError: It is of another type, or lacks identifier or status.
    """
    if raw.__class__ is not model:
        raise odd_response(provider, "an element of the list is not a job")
    try:
        id, status = identity(raw.id), status_word(raw.status)
    except OddResponseError as error:
        reason = str(error)
    else:
        return Job.listed(id, raw, actions, read, status)
    raise odd_response(provider, reason)


def job_at_once(raw: Any, provider: str, model: type[Any], actions: JobActions, read: JobMapping) -> Job:
    """Return a job as `listed_job` does, with all its fields read."""
    job = listed_job(raw, provider, model, actions, read)
    _ = job.status
    return job


def listed_jobs(value: Any, provider: str, model: type[Any], actions: JobActions, read: JobMapping) -> list[Job]:
    """Return the jobs of a list, as `listed_job` makes them; elements that are not jobs are left out.

    Raises:
        UnexpectedResponseError: The value is neither a list nor null.
    """
    jobs: list[Job] = []
    unreadable = _Unreadable(provider)
    last_status: Any = None
    word = ""
    for number, raw in enumerate(elements_of(provider, value)):
        # Lists are long, and neighbours often have the same status: what is as it should be takes the short way.
        if raw.__class__ is model:
            id, status = raw.id, raw.status
            if (
                status is not last_status
                and isinstance(status, str)
                and status.isidentifier()
                and len(status) < LONGEST_WORD
            ):
                last_status, word = status, str(status)
            if word and status is last_status and id.__class__ is str and id and id.isascii():
                jobs.append(Job.listed(id, raw, actions, read, word))
                continue
        elif raw.__class__ is Row:
            jobs.append(raw)  # type: ignore[arg-type]  # it stands for a job
            continue
        try:
            jobs.append(listed_job(raw, provider, model, actions, read))
        except UnexpectedResponseError as error:
            unreadable.add(number, error)
    unreadable.report_rest()
    return jobs
