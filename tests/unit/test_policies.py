"""Limits, timeouts and policies refuse what is not a number within their bounds, in plain words."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

import anyqpu
from anyqpu import Limits, PollPolicy, RetryPolicy, Search, Timeouts
from anyqpu.errors import ConfigError, ValidationError
from anyqpu.model.job import WaitOptions

# Class, field, and whether it is a whole number, may be zero.
FIELDS: list[tuple[type[Any], str, bool, bool]] = [
    *((Timeouts, name, False, False) for name in ("connect", "read", "write", "total", "download")),
    (RetryPolicy, "attempts", True, False),
    *((RetryPolicy, name, False, True) for name in ("backoff", "max_backoff", "max_retry_after", "budget")),
    (PollPolicy, "floor", False, False),
    *((PollPolicy, name, False, True) for name in ("growth", "jitter")),
    *((PollPolicy, name, False, True) for name in ("max_error_time", "max_unknown_time", "max_retry_after")),
    *((PollPolicy, name, True, True) for name in ("max_errors", "max_unknown")),
    (Search, "tries", True, True),
    *((Search, name, False, True) for name in ("pause", "total")),
    *((Limits, name, True, False) for name in ("connections", "body")),
]


@pytest.mark.parametrize(("kind", "name", "whole", "zero"), FIELDS, ids=lambda value: getattr(value, "__name__", None))
def test_only_sensible_numbers_are_taken(kind: type[Any], name: str, whole: bool, zero: bool) -> None:
    wrong: list[Any] = [math.nan, math.inf, -math.inf, -1, "5", b"5", None, True, [1], {}, 1j, Decimal(1), 10**400 * -1]
    wrong += [1.5] if whole else [10**400]
    wrong += [] if zero else [0]
    for value in wrong:
        with pytest.raises(ConfigError, match=rf"^invalid .*\b{name}\b.*: expected a (whole )?number") as caught:
            kind(**{name: value})
        assert len(str(caught.value)) < 200
    for value in [1 if whole else 0.5, np.int64(1) if name != "jitter" else np.float32(0.5), *([0] if zero else [])]:
        assert getattr(kind(**{name: value}), name) == value


def test_a_string_is_not_shown_since_it_may_be_a_credential() -> None:
    with pytest.raises(ConfigError) as caught:
        Timeouts(read="canary")  # type: ignore[arg-type]
    assert str(caught.value) == "invalid timeout read: expected a number of seconds above 0, not str"


@pytest.mark.parametrize("value", ["5", 0, -1, math.nan, math.inf, True, [], Decimal(5)])
def test_a_timeout_is_a_number_of_seconds(value: Any) -> None:
    with pytest.raises(ConfigError, match="invalid timeout"):
        anyqpu.connect("kipu", token="t", timeout=value)


@pytest.mark.parametrize("value", ["5", -1, math.nan, True, []])
@pytest.mark.parametrize("name", ["timeout", "queue_timeout", "run_timeout"])
def test_a_wait_takes_a_number_of_seconds(name: str, value: Any) -> None:
    with pytest.raises(ValidationError, match=f"invalid {name}") as caught:
        WaitOptions(**{name: value})
    assert caught.value.fields == (name,)


def test_a_wait_takes_a_poll_policy() -> None:
    with pytest.raises(ValidationError, match="expected a PollPolicy, not float"):
        WaitOptions(poll=1.0)  # type: ignore[arg-type]
