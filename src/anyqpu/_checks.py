"""Checks of values that callers pass: limits, times and policies. Each raises `ConfigError` in plain words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeGuard

from anyqpu._lazy import LazyModule
from anyqpu.errors import ConfigError

if TYPE_CHECKING:
    import numbers
else:
    numbers = LazyModule("numbers")


def check_number(
    name: str,
    value: object,
    *,
    above: float | None = None,
    at_least: float | None = None,
    below: float | None = None,
    whole: bool = False,
    unit: str | None = None,
) -> None:
    """Raise `ConfigError` unless a value is a finite number within its bounds.

    Args:
        name: What the message calls the value.
        above: The value must be greater.
        at_least: The value must be as large or greater.
        below: The value must be smaller.
        whole: Only whole numbers are accepted.
        unit: What the number counts, such as `"seconds"`.
    """
    if _is_number(value, whole=whole):
        number: Any = value
        too_small = (above is not None and not number > above) or (at_least is not None and not number >= at_least)
        if not too_small and not (below is not None and not number < below):
            return
    kind = "a whole number" if whole else "a number"
    bounds = [
        *([f"above {above:g}"] if above is not None else []),
        *([f"from {at_least:g}"] if at_least is not None else []),
        *([f"below {below:g}"] if below is not None else []),
    ]
    expected = " ".join([kind, *([f"of {unit}"] if unit else []), " and ".join(bounds)]).rstrip()
    if is_real(value):
        raise ConfigError(f"invalid {name} {_text(value)}: expected {expected}")
    # The type only: what was passed in the wrong place may be a credential.
    raise ConfigError(f"invalid {name}: expected {expected}, not {type(value).__name__}")


def check_instance(name: str, value: object, *kinds: type, expected: str) -> None:
    """Raise `ConfigError` unless a value is an instance of one of some classes; `expected` describes them.

    The message names the type only: what was passed in the wrong place may be a credential.
    """
    # bool is an int to Python, and never meant as one.
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise ConfigError(f"invalid {name}: expected {expected}, not {type(value).__name__}")


def is_real(value: object) -> TypeGuard[float]:
    """Return whether a value is a real number, also one of numpy's or a fraction."""
    if isinstance(value, int | float):
        return True
    # Almost none are of other types: the abstract one is imported for those.
    return isinstance(value, numbers.Real)


def _text(value: object) -> str:
    try:
        text = str(value)
    except ValueError:  # an integer with more digits than Python writes out
        return "of very many digits"
    return text if len(text) <= 40 else f"{text[:20]}..."


def _is_number(value: object, *, whole: bool) -> bool:
    if isinstance(value, bool) or not is_real(value):
        return False
    if whole:
        return hasattr(value, "__index__")
    try:
        return math.isfinite(value)
    except OverflowError:
        return False
