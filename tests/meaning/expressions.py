"""Random angle expressions, written as each language allows."""

from __future__ import annotations

import random

_FUNCTIONS2 = ("sin", "cos", "tan", "exp", "ln", "sqrt")
_FUNCTIONS3 = ("sin", "cos", "tan", "exp", "log", "sqrt", "arcsin", "arccos", "arctan")


def angle2(rng: random.Random, names: tuple[str, ...] = (), depth: int = 2) -> str:
    """An angle of OpenQASM 2, whose arithmetic is that of real numbers and whose `^` is a power."""
    return _angle(rng, names, depth, "^", _FUNCTIONS2)


def angle3(rng: random.Random, names: tuple[str, ...] = (), depth: int = 2) -> str:
    """An angle of OpenQASM 3 without division of two integers, which is a construct of its own."""
    return _angle(rng, names, depth, "**", _FUNCTIONS3)


def _angle(rng: random.Random, names: tuple[str, ...], depth: int, power: str, functions: tuple[str, ...]) -> str:
    kind = rng.choice(("atom", "atom", "sum", "product", "quotient", "power", "function", "negative", "nested"))
    if depth == 0 or kind == "atom":
        return _atom(rng, names)

    def inner() -> str:
        return _angle(rng, names, depth - 1, power, functions)

    match kind:
        case "sum":
            return f"({inner()} {rng.choice('+-')} {inner()})"
        case "product":
            return f"{_atom(rng, names)}*{_atom(rng, names)}"
        case "quotient":
            return f"{_atom(rng, names)}/{_real(rng)}" if power == "**" else _quotient2(rng, names)
        case "power":
            return f"({_real(rng)}{power}{rng.choice('23')})"
        case "function":
            # Their arguments lie between 0 and 1, where all of them are defined.
            return f"{rng.choice(functions)}({rng.choice(('0.25', '0.5', '0.75', '1/(1.0+1)', 'pi/4.0'))})"
        case "negative":
            return f"-{_atom(rng, names)}"
        case _:
            return f"({inner()})"


def _quotient2(rng: random.Random, names: tuple[str, ...]) -> str:
    """Integers too: in OpenQASM 2, 1/2 is a half."""
    whole = f"{rng.randint(1, 5)}/{rng.randint(2, 4)}"
    return rng.choice(
        (f"{_atom(rng, names)}/{_real(rng)}", f"{whole}*pi", f"pi*{whole}", whole, f"pi/2^{rng.randint(1, 3)}")
    )


def _atom(rng: random.Random, names: tuple[str, ...]) -> str:
    if names and rng.random() < 0.6:
        return rng.choice(names)
    return rng.choice(("pi", "pi/2", "pi/4", str(rng.randint(1, 3)), _real(rng), _real(rng)))


def _real(rng: random.Random) -> str:
    return rng.choice((f"{rng.uniform(0.2, 3):.3f}", f"{rng.uniform(0.2, 3):.2f}", "1.5e0", "2.5e-1", "2.", ".75"))
