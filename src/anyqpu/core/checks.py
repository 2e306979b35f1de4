"""What is looked at before anything is sent, the same for every cloud."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from anyqpu.core.arguments import shown
from anyqpu.errors import NotFoundError, ValidationError

if TYPE_CHECKING:
    from anyqpu.model.device import Device


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
