"""Which classical bit each column of a Braket result is, from the program that the result carries.

Braket names the qubits that it measured and not the bits that they were measured into; the program, which is in the
result's `additionalMetadata.action.source`, names both. Only plain statements are read here: where a program has any
other measurement or declaration, the columns keep the qubits' names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from anyqpu.core.results.registers import WIDEST

_COMMENT = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_PRAGMA = re.compile(r"^[ \t]*(?:#[ \t]*)?pragma\b[^\n]*", re.MULTILINE)
_NAME = r"[A-Za-z_]\w*"
_PLACE = rf"(?P<{{0}}>\$\d{{{{1,7}}}}|{_NAME})\s*(?:\[\s*(?P<{{0}}_at>\d{{{{1,7}}}})\s*\])?"
_DECLARATION = re.compile(
    rf"(?P<kind>qubit|bit)\s*(?:\[\s*(?P<size>\d{{1,7}})\s*\])?\s*(?P<name>{_NAME})(?P<value>\s*=\s*measure\b.*)?",
    re.DOTALL,
)
_OLD_DECLARATION = re.compile(rf"(?P<kind>qreg|creg)\s+(?P<name>{_NAME})\s*(?:\[\s*(?P<size>\d{{1,7}})\s*\])?")
_ASSIGNMENT = re.compile(_PLACE.format("bit") + r"\s*=\s*measure\b\s*" + _PLACE.format("qubit"))
_ARROW = re.compile(r"measure\b\s*" + _PLACE.format("qubit") + r"\s*->\s*" + _PLACE.format("bit"))
_DECLARES = re.compile(r"(?:const\s+|input\s+|output\s+)?(?:qubit|bit|qreg|creg)\b")


@dataclass(frozen=True, slots=True)
class Bits:
    """The classical bits of a program.

    Attributes:
        registers: Size of each register, in order of declaration.
        measured: The bit that each qubit is measured into, counted over all registers.
    """

    registers: Mapping[str, int]
    measured: Mapping[int, int]

    def columns(self, qubits: Sequence[int]) -> list[int] | None:
        """The bits that columns of these qubits are; None where that is not certain."""
        bits = [self.measured.get(qubit, -1) for qubit in qubits]
        return bits if bits and min(bits) >= 0 and len(set(bits)) == len(bits) else None


def bits_of(source: str) -> Bits | None:
    """The classical bits of a program; None where it measures in another way than this reads, or twice."""
    bits, qubits = _Numbers(), _Numbers()
    measured: dict[int, int] = {}
    for written, depth in _statements(source):
        statement = written
        declared = _DECLARATION.fullmatch(statement) or _OLD_DECLARATION.fullmatch(statement)
        if declared is not None:
            kind = qubits if declared["kind"] in {"qubit", "qreg"} else bits
            if not kind.add(declared["name"], int(declared["size"] or 1)):
                return None
            value = declared.groupdict().get("value")
            statement = f"{declared['name']}{value}" if value else ""
        elif _DECLARES.match(statement):
            return None
        if "measure" not in statement:
            continue
        match = _ASSIGNMENT.fullmatch(statement) or _ARROW.fullmatch(statement)
        into = bits.of(match["bit"], match["bit_at"]) if match else ()
        which = qubits.of(match["qubit"], match["qubit_at"]) if match else ()
        if depth or not into or len(into) != len(which) or not measured.keys().isdisjoint(which):
            return None
        measured.update(zip(which, into, strict=True))
    return Bits(bits.sizes, measured) if measured else None


def _statements(source: str) -> Iterator[tuple[str, int]]:
    """The statements, without comments and pragmas, and in how many blocks each stands."""
    depth = 0
    for part in _COMMENT.sub(" ", _PRAGMA.sub("", source)).split(";"):
        whole = " ".join(part.split())
        statement = whole.lstrip("} ")
        depth -= whole[: len(whole) - len(statement)].count("}")
        yield statement, depth + statement.count("{")
        depth += statement.count("{") - statement.count("}")


class _Numbers:
    """Registers whose elements are numbered one after the other."""

    def __init__(self) -> None:
        self.sizes: dict[str, int] = {}
        self._starts: dict[str, int] = {}
        self._all = 0

    def add(self, name: str, size: int) -> bool:
        """Declare a register; False if that cannot be."""
        if name in self.sizes or size < 1 or self._all + size > WIDEST:
            return False
        self.sizes[name], self._starts[name] = size, self._all
        self._all += size
        return True

    def of(self, name: str, at: str | None) -> range:
        """The numbers of a register's elements, or of one of them; empty if it has none."""
        if name.startswith("$"):
            return range(int(name[1:]), int(name[1:]) + 1) if at is None else range(0)
        start, size = self._starts.get(name, 0), self.sizes.get(name, 0)
        if at is None:
            return range(start, start + size)
        return range(start + int(at), start + int(at) + 1) if int(at) < size else range(0)
