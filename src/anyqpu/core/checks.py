"""Check the arguments of the common verbs before any request."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from anyqpu._lazy import LazyModule
from anyqpu.core.arguments import checked_text, checked_texts, is_text, shown
from anyqpu.errors import AnyQPUError, NotFoundError, ValidationError

if TYPE_CHECKING:
    from anyqpu.core.adapter import Submission
    from anyqpu.model import device as devices
    from anyqpu.model import session as sessions
    from anyqpu.model.device import Device
    from anyqpu.model.session import Session
else:
    devices, sessions = LazyModule("anyqpu.model.device"), LazyModule("anyqpu.model.session")


@contextmanager
def naming(provider: str) -> Generator[None]:
    """Name the provider in errors that were raised without it, such as those about a program or a handle."""
    try:
        yield
    except AnyQPUError as error:
        error.provider = error.provider or provider
        raise


def check_device(device: object, provider: str) -> str | Device:
    """Return a device or the identifier of one; raise `ValidationError` for anything else."""
    if is_text(device) or isinstance(device, devices.Device):
        return device  # type: ignore[return-value]
    problem = f"device must be a Device or its identifier, not {shown(device)}"
    raise ValidationError(problem, provider=provider, fields=("device",), hint="client.devices() lists the devices")


def check_session(session: object, provider: str) -> str | Session:
    """Return a session or the identifier of one; raise `ValidationError` for anything else."""
    if is_text(session) or isinstance(session, sessions.Session):
        return session  # type: ignore[return-value]
    problem = f"session must be a Session or its identifier, not {shown(session)}"
    raise ValidationError(problem, provider=provider, fields=("session",), hint="client.sessions() lists the sessions")


def check_submission(submission: Submission, provider: str) -> Submission:
    """Return a submission whose common arguments were checked; raise `ValidationError` for what is not acceptable."""
    check_device(submission.device, provider)
    check_timeout(submission.timeout, provider)
    if submission.shots is not None:
        checked_shots(submission.shots, provider)
    if submission.name is not None:
        checked_text(submission.name, "name", "my job", provider)
    if submission.session is not None:
        check_session(submission.session, provider)
    return replace(submission, tags=checked_texts(submission.tags, "tags", provider))


def no_device(id: str, known: Iterable[str], **details: Any) -> NotFoundError:
    """The error for a device that is not among those that are `known`, with the nearest name."""
    import difflib

    names = sorted(known)
    close = difflib.get_close_matches(id, names, n=1)
    hint = f"Did you mean {close[0]!r}?" if close else f"There are {', '.join(names)}"
    return NotFoundError(f"there is no device {id!r}", hint=hint, **details)


def checked_shots(shots: object, provider: str) -> int:
    """Return the number of shots; raise `ValidationError` for anything else."""
    if isinstance(shots, bool) or not isinstance(shots, int) or not 1 <= shots < 2**63:
        given = "say how many shots to run"
        problem = given if shots is None else f"shots is a whole number from 1, not {shown(shots)}"
        raise ValidationError(problem, provider=provider, fields=("shots",), hint="Such as shots=1000")
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
