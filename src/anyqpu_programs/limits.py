"""Limits on the work of reading and converting a program, checked during the work."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from anyqpu_programs.problems import TooLargeError

_STEPS_BETWEEN_CHECKS = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of a program.

    Attributes:
        characters: The length of the text.
        qubits: The declared qubits and the helper qubits of a conversion.
        bits: The declared classical bits.
        gates: The gates, measurements, resets and barriers after expansion of definitions, loops and broadcasts.
        steps: The executed statements and expanded gate definitions.
        nesting: The depth of brackets and blocks.
        integer_bits: The width of an integer in a constant expression.
        seconds: The wall-clock time.
    """

    characters: int = 32 * 2**20
    qubits: int = 10_000
    bits: int = 10_000
    gates: int = 250_000
    steps: int = 500_000
    nesting: int = 64
    integer_bits: int = 4096
    seconds: float = 30.0


DEFAULT_LIMITS = Limits()


class Budget:
    """The remaining budget while a program is read."""

    def __init__(self, limits: Limits, stopped: Callable[[], bool]) -> None:
        """Start the clock. `stopped` returns whether the caller has cancelled the work."""
        self.limits = limits
        self._stopped = stopped
        self._deadline = time.monotonic() + limits.seconds
        self._gates = 0
        self._steps = 0
        self._next_check = _STEPS_BETWEEN_CHECKS

    def gates(self, count: int, line: int | None) -> None:
        """Account for `count` gates; raises `TooLargeError` above the limit."""
        self._gates += count
        if self._gates > self.limits.gates:
            raise TooLargeError(f"it has more than {self.limits.gates:,} gates after expansion", line)
        self.step(line)

    def step(self, line: int | None) -> None:
        """Account for one step; raises `TooLargeError` above the limit or after the deadline."""
        self.steps(1, line)

    def steps(self, count: int, line: int | None) -> None:
        """Account for some steps; raises `TooLargeError` above the limit or after the deadline."""
        self._steps += count
        if self._steps >= self._next_check:
            self._next_check = self._steps + _STEPS_BETWEEN_CHECKS
            self.check(line)

    def check(self, line: int | None) -> None:
        """Raise `TooLargeError` when the steps or the seconds are used up, or the caller has cancelled."""
        if self._steps > self.limits.steps:
            raise TooLargeError(f"it takes more than {self.limits.steps:,} steps to expand", line)
        if time.monotonic() > self._deadline:
            raise TooLargeError(f"it takes more than {self.limits.seconds:g} seconds to expand", line)
        if self._stopped():
            raise TooLargeError("reading it was cancelled", line)

    def size(self, value: int, limit: int, noun: str, line: int | None) -> None:
        """Raise `TooLargeError` where `value` is above `limit`; `noun` names it in the plural."""
        if value > limit:
            raise TooLargeError(f"it has {value:,} {noun}, and the limit is {limit:,}", line)
