"""Checks of arguments before any request, the same at every provider."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from anyqpu._lazy import LazyModule
from anyqpu.core.arguments import checked_segment, checked_text, checked_texts, checked_time, is_text, shown
from anyqpu.core.keys import check_tags, checked_key, new_key
from anyqpu.errors import Hint, NotFoundError, ValidationError

if TYPE_CHECKING:
    from anyqpu.core.adapter import Submission
    from anyqpu.model import device as devices
    from anyqpu.model import reservation as reservations
    from anyqpu.model import session as sessions
    from anyqpu.model.device import Device
    from anyqpu.model.reservation import AvailableSlot
else:
    devices, reservations, sessions = (
        LazyModule(f"anyqpu.model.{name}") for name in ("device", "reservation", "session")
    )


@contextmanager
def naming(provider: str) -> Generator[None]:
    """Name the provider in errors of arguments that were checked without knowing it."""
    try:
        yield
    except ValidationError as error:
        error.provider = error.provider or provider
        raise


def check_device(device: object, provider: str) -> None:
    """Raise `ValidationError` for what is neither a `Device` nor a text that can be its identifier."""
    if not isinstance(device, devices.Device) and not is_text(device):
        problem = f"device must be a Device or its identifier, not {shown(device)}"
        hint = Hint("client.devices() lists them", f"`anyqpu devices {provider}` lists them")
        raise ValidationError(problem, provider=provider, fields=("device",), hint=hint)


def check_session(session: object, provider: str) -> None:
    """Raise `ValidationError` for what is neither a `Session` nor a text that can be its identifier."""
    # The block of a session has its identifier too.
    if not isinstance(session, sessions.Session) and not is_text(getattr(session, "id", session)):
        problem = f"session must be a Session or its identifier, not {shown(session)}"
        hint = Hint("client.sessions() lists them", f"`anyqpu sessions {provider}` lists them")
        raise ValidationError(problem, provider=provider, fields=("session",), hint=hint)


def checked_submission(submission: Submission, provider: str) -> Submission:
    """Return the submission, now with its tags as a tuple, and with its key: the caller's, or one that is made up.

    Raises `ValidationError` for arguments that no provider takes.
    """
    check_timeout(submission.timeout, provider)
    check_device(submission.device, provider)
    if submission.shots is not None:
        checked_shots(submission.shots, provider)
    if submission.name is not None:
        checked_text(submission.name, "name", "my job", provider)
    tags = checked_texts(submission.tags, "tags", provider)
    check_tags(tags, provider)
    check_before_send(submission.before_send, provider)
    key = submission.key or new_key() if submission.own_key is None else checked_key(submission.own_key, provider)
    if submission.session is not None:
        check_session(submission.session, provider)
    # An iterator can be read once.
    submission.tags, submission.key = tuple(tags), key
    return submission


def check_before_send(before_send: object, provider: str) -> None:
    """Raise `ValidationError` for a hook that cannot be called."""
    if before_send is not None and not callable(before_send):
        problem = f"before_send is an async function without arguments, not {shown(before_send)}"
        raise ValidationError(problem, provider=provider, fields=("before_send",))


def checked_window(
    device: object, start: object, end: object, notes: object, provider: str
) -> tuple[str | Device, datetime, datetime]:
    """Return the device and the window of a reservation; raise `ValidationError` for what no provider takes."""
    if isinstance(device, reservations.AvailableSlot):
        if start is not None or end is not None:
            problem = "a slot has its own start and end"
            raise ValidationError(problem, provider=provider, fields=("start", "end"))
        slot: AvailableSlot = device
        device, start, end = slot.device_id, slot.start, slot.end
    check_device(device, provider)
    begins, ends = checked_time(start, "start", provider), checked_time(end, "end", provider)
    if begins >= ends:
        problem = f"end must be later than start; {ends.isoformat()} is not later than {begins.isoformat()}"
        raise ValidationError(problem, provider=provider, fields=("start", "end"))
    if notes is not None:
        checked_text(notes, "notes", "calibration run", provider)
    return cast("str | Device", device), begins, ends


def checked_id(id: object, name: str, provider: str) -> str:
    """Return an identifier that can be one part of a path; raise `ValidationError` for anything else."""
    return checked_segment(id, name, "5904a9f2-7a1c-4c7e-9a55-0f8a4c1c7a10", provider)


def no_device(id: str, ids: Iterable[str], **details: Any) -> NotFoundError:
    """Return the error for an unknown device; its hint has the nearest of the `known` names."""
    import difflib

    names = sorted(ids)
    close = difflib.get_close_matches(id, names, n=1)
    hint = f"Did you mean {close[0]!r}?" if close else f"There are {', '.join(names)}"
    return NotFoundError(f"there is no device {id!r}", hint=hint, **details)


def checked_shots(shots: object, provider: str) -> int:
    """Return the number of shots; raise `ValidationError` for anything else."""
    if isinstance(shots, bool) or not isinstance(shots, int) or not 1 <= shots < 2**63:
        missing = "say how many shots to run"
        problem = missing if shots is None else f"shots is a whole number from 1, not {shown(shots)}"
        hint = Hint("Such as shots=1000", "Such as --shots 1000")
        raise ValidationError(problem, provider=provider, fields=("shots",), hint=hint)
    return shots


def check_timeout(timeout: object, provider: str) -> None:
    """Raise `ValidationError` for a timeout that is neither a number of seconds above 0 nor None."""
    if timeout is None:
        return
    # Longer whole numbers than that are not numbers of seconds, and cannot be turned into floats.
    if isinstance(timeout, int | float) and not isinstance(timeout, bool):
        fits = isinstance(timeout, float) or timeout < 2**63
        if fits and timeout > 0:
            return
    raise ValidationError(
        f"timeout is in seconds, more than 0, not {shown(timeout)}", provider=provider, fields=("timeout",)
    )


def check_shots_fit(shots: int, device: Device, called: str) -> None:
    """Raise `ValidationError` for more or fewer shots than a device takes; `called` is its name for people."""
    low, high = device.shots_min or 1, device.shots_max
    if shots < low or (high and shots > high):
        bounds = f"from {low} to {high}" if high else f"at least {low}"
        raise ValidationError(
            f"{called} takes {bounds} shots, not {shots}", provider=device.provider, fields=("shots",)
        )
