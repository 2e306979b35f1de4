"""Generated programs with one token changed: most are invalid, and which ones is for Qiskit to say.

A mutant that Qiskit reads has to give Qiskit's distribution or be refused. One that Qiskit refuses has to be refused in
a message without Python's internals; that some other reader takes it is counted as unjudged, since Qiskit's reader of
OpenQASM 3 lacks much and that of OpenQASM 2 is stricter than most.
"""

from __future__ import annotations

import random
import re

from tests.meaning import random2, random3
from tests.meaning.cases import Case

_TOKEN = re.compile(r'"[^"\n]*"|//[^\n]*|[A-Za-z_πτ]\w*|\d+\.?\d*(?:[eE][-+]?\d+)?|->|==|\*\*|\+\+|<<|>>|\S')
_VALUES = ("0", "-1", "1", "2", "7", "99", "0.5", "12", "1e400", "pi", "true", '"01"')
_SIGNS = (*"()[]{};,+-*/^=<>!@:$.", "->", "==", "**", "++", "[", "]")


def program(seed: int) -> Case:
    """The mutant of a seed."""
    rng = random.Random(f"mutant {seed}")
    maker = random2.program if seed % 2 else random3.program
    origin = maker(rng.randrange(10_000))
    while origin.parameters:
        # A changed declaration would make the values that are given with it the first problem.
        origin = maker(rng.randrange(10_000))
    tokens = list(_TOKEN.finditer(origin.text))
    # The version stays: what the rest means depends on it.
    place = rng.randrange(3, len(tokens))
    here, text = tokens[place], origin.text
    changes = _kind(here[0], [token[0] for token in tokens]) if rng.random() < 0.6 else _anything(rng, here[0], tokens)
    new = rng.choice(changes)
    changed = text[: here.start()] + new + text[here.end() :]
    return Case(f"mutant-{seed}", origin.language, changed, "mutant", origin.constructs)


def _kind(token: str, tokens: list[str]) -> list[str]:
    """Tokens of the same kind: what a slip of the pen would give."""
    if token[0].isdigit():
        return list(_VALUES)
    if token.isidentifier():
        return sorted({other for other in tokens if other.isidentifier()})
    return list(_SIGNS)


def _anything(rng: random.Random, token: str, tokens: list[re.Match[str]]) -> list[str]:
    """Nothing, or one token too many."""
    other = rng.choice(tokens)[0]
    return ["", f"{token} {token}", rng.choice(_VALUES), f"{token} {other}", f"{token}{rng.choice(_SIGNS)}"]
