"""A program of the suite, and what is known about it before it runs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

Language = Literal["openqasm2", "openqasm3", "braket_qasm3"]
Group = Literal["end", "control", "invalid", "mutant"]


@dataclass(frozen=True, slots=True)
class Case:
    """One program.

    Attributes:
        name: Unique; the name of a generated one ends with its seed.
        group: `end` measures at the end only; `control` measures, resets or decides in the middle; `invalid` breaks a
            rule of its language and has to be refused; of a `mutant` this is not known.
        constructs: What of the language it uses.
        plain: The same program spelled out by the generator, for judges that cannot read `text`.
        parameters: Values of its `input` declarations.
        expected: Distribution that follows from arithmetic; where None, a judge computes it.
        line: Where an invalid program breaks the rule; None where no line can be named.
    """

    name: str
    language: Language
    text: str
    group: Group
    constructs: tuple[str, ...] = ()
    plain: str | None = None
    parameters: dict[str, Any] = field(default_factory=dict)
    expected: dict[str, float] | None = None
    line: int | None = None

    def to_json(self) -> dict[str, Any]:
        """JSON types only."""
        return {**asdict(self), "constructs": list(self.constructs)}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Case:
        """What `to_json` wrote."""
        return cls(**{**value, "constructs": tuple(value["constructs"])})


def expressible(case: Case, target: str) -> bool:
    """Whether a language has what a program uses.

    OpenQASM 2 has no delays, and of classical control only `if` on a whole register; Braket's dialect as SV1 takes it,
    and IonQ's JSON, have neither.
    """
    if target in ("openqasm3", "ibm_pubs"):
        return True
    control = target == "openqasm2" and case.language == "openqasm2"
    return "timing" not in case.constructs and (case.group != "control" or control)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a program fared on a route.

    `readable` says whether Qiskit reads the program as it is written.
    """

    suite: str
    route: str
    program: str
    verdict: Literal["right", "wrong", "refused", "unjudged"]
    detail: str = ""
    language: str = ""
    group: str = ""
    readable: bool = True


def write_lines(path: Path, values: Iterable[Any]) -> None:
    """One JSON value per line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(value) + "\n" for value in values))


def read_lines(path: Path) -> list[Any]:
    """What `write_lines` wrote."""
    return [json.loads(line) for line in path.read_text().splitlines()]
