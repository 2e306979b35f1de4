"""Small programs and their exact outcomes, for the tests of the reader of OpenQASM."""

from __future__ import annotations

import numpy as np

from anyqpu_emulator.engines import openqasm
from anyqpu_emulator.engines.statevector import sample

V2 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n'
V3 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'
SHOTS = 4000


def only(text: str, dialect: openqasm.Dialect = "openqasm") -> str:
    """The one outcome of a program that has only one."""
    counts = sample(openqasm.parse(text, dialect=dialect), 50, np.random.default_rng(3)).counts()
    assert len(counts) == 1, counts
    return next(iter(counts))


def shares(text: str) -> dict[str, float]:
    """How large the share of each outcome is, in `SHOTS` shots."""
    counts = sample(openqasm.parse(text), SHOTS, np.random.default_rng(5)).counts()
    return {key: count / SHOTS for key, count in counts.items()}


def near(share: float) -> float:
    """Six standard deviations of a share."""
    return 6 * (share * (1 - share) / SHOTS) ** 0.5
