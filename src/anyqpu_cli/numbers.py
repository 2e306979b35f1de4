"""Parsers of numeric options, whose messages are the same with every version of typer."""

from __future__ import annotations

import math
from collections.abc import Callable

import typer


def whole_number(at_least: int | None = None, at_most: int | None = None) -> Callable[[str | int], int]:
    """Return a parser of whole numbers within bounds, which raises `typer.BadParameter` for anything else."""

    def parse(value: str | int) -> int:
        try:
            number = int(value)
        except ValueError:
            raise typer.BadParameter(f"{value!r} is not a whole number") from None
        _check_bounds(number, at_least, at_most)
        return number

    return parse


def number(at_least: float | None = None, at_most: float | None = None) -> Callable[[str | float], float]:
    """Return a parser of numbers within bounds, which raises `typer.BadParameter` for anything else."""

    def parse(value: str | float) -> float:
        try:
            parsed = float(value)
        except ValueError:
            parsed = math.nan
        if math.isnan(parsed):
            raise typer.BadParameter(f"{value!r} is not a number")
        _check_bounds(parsed, at_least, at_most)
        return parsed

    return parse


def _check_bounds(value: float, at_least: float | None, at_most: float | None) -> None:
    if at_least is not None and value < at_least:
        raise typer.BadParameter(f"{value} is less than {at_least}")
    if at_most is not None and value > at_most:
        raise typer.BadParameter(f"{value} is more than {at_most}")
