"""Parsers of options that are numbers or amounts of money, whose messages are the same with every version of typer."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import typer

from anyqpu.errors import AnyQPUError
from anyqpu.model.money import Money


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


def money(value: str | Money) -> Money:
    """Return an amount such as `5.00 EUR`; raises `typer.BadParameter` for anything else, and below 0."""
    if isinstance(value, Money):
        return value
    match = re.fullmatch(r"\s*([+-]?[\d.]+)\s*([A-Za-z]{3})\s*", value)
    try:
        amount = None if match is None else Money(match[1], match[2].upper())
    except AnyQPUError:
        amount = None
    if amount is None:
        raise typer.BadParameter(f"{value!r} is not an amount with its currency, such as '5.00 EUR'")
    if amount.amount < 0:
        raise typer.BadParameter(f"{amount} is less than 0")
    return amount


def _check_bounds(value: float, at_least: float | None, at_most: float | None) -> None:
    if at_least is not None and value < at_least:
        raise typer.BadParameter(f"{value} is less than {at_least}")
    if at_most is not None and value > at_most:
        raise typer.BadParameter(f"{value} is more than {at_most}")


def level(value: str | int) -> int:
    """Return an optimization level of the transpiler; raises `typer.BadParameter` for anything else."""
    if str(value) not in {"0", "1", "2", "3"}:
        raise typer.BadParameter(f"{value!r} is not a level from 0 to 3")
    return int(value)
