"""Random programs of OpenQASM 3.

Each is written twice: as it is, and spelled out without what Qiskit's reader lacks, by the rules of the OpenQASM 3.1
specification (section "Types and Casting": division of integers truncates, `**` is a power, ranges include their end).
"""

from __future__ import annotations

import math
import random
import re

from tests.meaning.cases import Case
from tests.meaning.expressions import angle3
from tests.meaning.gate_tables import STANDARD, Gates
from tests.meaning.random3_control import CONTROL, write_control
from tests.meaning.random3_gates import GATES
from tests.meaning.random3_values import VALUES

FEATURES = (
    *("broadcast-1", "broadcast-2", "broadcast-3", "broadcast-user", "one-to-register", "no-include", "user-gate"),
    *("ctrl", "negctrl", "inv", "pow", "modifiers-user", "modifiers-broadcast", "gphase", "gphase-in-gate"),
    *("alias-slice", "alias-concatenation", "negative-index", "index-set", "for-range", "for-step", "for-set"),
    *("for-nested", "constant-division", "constant-operators", "functions", "def", "def-register", "def-measure"),
    *("physical-qubits", "input", "unicode", "literals", "old-declarations", "arrow-measure", "bit-slices"),
    *("reset-start", "barrier", "timing", "spare-bits", "unmeasured-qubits", "comments", "expressions"),
    *("declare-and-measure", "single-bits", "bit-string", "def-return"),
    *("array", "integer-bits", "known-condition"),
)
_NAMES = ("q", "a", "b", "r", "anc", "work", "qr", "data_1", "psi", "Q1", "_t", "target")
_SHAPES = ((2, 2), (3,), (4,), (2, 2, 2), (1, 2, 2), (3, 2), (1, 3), (5,), (2, 1, 2))

# An expression that the plain text has as a number.
_MARKED = re.compile("«([^»]*)»")
_FUNCTIONS = {
    **{name: getattr(math, name) for name in ("pi", "sin", "cos", "tan", "exp", "log", "sqrt")},
    **{"arcsin": math.asin, "arccos": math.acos, "arctan": math.atan},
}


def _evaluated(match: re.Match[str]) -> str:
    """Python's operators have OpenQASM 3's order; no two integers are divided."""
    return repr(float(eval(match[1], {"__builtins__": {}}, _FUNCTIONS)))


def program(seed: int) -> Case:
    """The program of a seed; about a third has classical control."""
    return Writer(random.Random(f"openqasm3 {seed}"), seed).case()


class Writer:
    """Writes a program and its plain twin side by side."""

    def __init__(self, rng: random.Random, seed: int) -> None:
        self.rng, self.seed = rng, seed
        self.control = rng.random() < 0.36
        self.features = {FEATURES[seed % len(FEATURES)], *rng.sample(FEATURES, rng.randint(0, 3))}
        if "physical-qubits" in self.features:
            self.features &= {"physical-qubits", "ctrl", "inv", "expressions", "comments", "literals", "functions"}
        if "no-include" in self.features:
            self.features -= {"broadcast-3", "functions", "input"}
        self.lines: list[str] = []
        self.plain_lines: list[str] = []
        self.head: list[str] = []
        self.plain_head: list[str] = []
        self.user: Gates = {}
        self.parameters: dict[str, float] = {}
        shapes = _SHAPES
        if "broadcast-3" in self.features:
            shapes = ((2, 2, 2),)
        elif self.features & {"broadcast-2", "broadcast-user", "modifiers-broadcast", "alias-concatenation"}:
            shapes = ((2, 2), (2, 2, 2), (1, 2, 2))
        elif self.features & {"one-to-register"}:
            shapes = ((1, 3), (2, 2), (3, 2))
        self.qregs = dict(zip(rng.sample(_NAMES, 3), rng.choice(shapes), strict=False))
        self.bare = "no-include" in self.features
        self.gates: Gates = {"U": (3, 1)} if self.bare else STANDARD | {"U": (3, 1)}
        self.cregs: dict[str, int] = {}

    def case(self) -> Case:
        """The program."""
        rng = self.rng
        includes = [] if self.bare else ['include "stdgates.inc";']
        if self.bare:
            self.both_head("gate own_h a { U(pi/2, 0, pi) a; gphase(-pi/4); }")
            self.both_head("gate own_cx c, t { ctrl @ U(pi, 0, pi) c, t; }")
            self.user |= {"own_h": (0, 1), "own_cx": (0, 2)}
        if "physical-qubits" in self.features:
            self._physical()
        else:
            self._declare()
            self._body()
        version = rng.choice(("OPENQASM 3.0;", "OPENQASM 3;", "OPENQASM 3.1;"))
        if "comments" in self.features:
            self.lines.insert(rng.randint(0, len(self.lines)), "/* c = measure q;\n   over lines */ // and more")
        text = "\n".join([version, *includes, *self.head, *self.lines]) + "\n"
        plain = "\n".join(["OPENQASM 3.0;", *includes, *self.plain_head, *self.plain_lines]) + "\n"
        used = self.features | (self.extra if self.control else set())
        group = "control" if self.control else "end"
        name = f"qasm3-{self.seed}"
        return Case(name, "openqasm3", text, group, tuple(sorted(used)), plain, parameters=self.parameters)

    # --- both texts

    def both(self, line: str) -> None:
        """The same line in both."""
        self.write(line, line)

    def both_head(self, line: str) -> None:
        """The same definition in both."""
        self.head.append(line)
        self.plain_head.append(line)

    def write(self, line: str, *plain: str) -> None:
        """A line, and what it comes to."""
        self.lines.append(_MARKED.sub(r"\1", line))
        for program in plain:
            self.write_plain(program)

    def write_plain(self, line: str) -> None:
        """A line of the plain text only."""
        self.plain_lines.append(_MARKED.sub(_evaluated, line))

    def qubits(self) -> list[str]:
        """All qubits, by register and index."""
        return [f"{name}[{place}]" for name, size in self.qregs.items() for place in range(size)]

    def bits(self) -> list[str]:
        """All bits, by register and index."""
        return [f"{name}[{place}]" for name, size in self.cregs.items() for place in range(size)]

    def angle(self) -> str:
        """An angle, as a number or an expression."""
        return f"«{angle3(self.rng)}»" if "expressions" in self.features else f"{self.rng.uniform(-3, 3):.3f}"

    def call(self, name: str, gates: Gates, places: list[str], modifiers: str = "") -> str:
        """A statement that applies a gate."""
        angles = [self.angle() for _ in range(gates[name][0])]
        return f"{modifiers}{name}{'(' + ', '.join(angles) + ')' if angles else ''} {', '.join(places)};"

    def gate(self, places: list[str] | None = None, gates: Gates | None = None, modifiers: str = "") -> str:
        """A random gate on random qubits, or on these."""
        gates = gates or self.gates | (self.user if self.bare else {})
        count = len(places) if places else min(3, len(self.qubits()))
        names = [name for name, (_, size) in gates.items() if (size == count if places else size <= count)]
        name = self.rng.choice(names)
        return self.call(name, gates, places or self.rng.sample(self.qubits(), gates[name][1]), modifiers)

    def has_control(self) -> None:
        """The program decides or measures in the middle from here on."""
        self.control = True
        if "c" not in self.cregs:
            self.cregs["c"] = 2
            self.both("bit[2] c;")

    # --- parts

    def _declare(self) -> None:
        rng, total = self.rng, sum(self.qregs.values())
        old = "old-declarations" in self.features
        for name, size in self.qregs.items():
            self.both(f"qreg {name}[{size}];" if old else f"qubit[{size}] {name};")
        if self.control:
            self.cregs = {name: rng.randint(1, 3) for name in ("c", "d")}
        else:
            self.left_out = 1 if "unmeasured-qubits" in self.features and total > 1 else 0
            spare = 2 if "spare-bits" in self.features else 0
            bits = total - self.left_out + spare
            if "declare-and-measure" in self.features:
                self.cregs = {}
                return
            if self.features & {"arrow-measure", "bit-slices"} or rng.random() < 0.3:
                self.cregs = {f"c_{name}": size for name, size in self.qregs.items()}
            else:
                cut = rng.randint(1, bits - 1) if bits > 1 and rng.random() < 0.5 else 0
                self.cregs = {name: size for name, size in (("c", cut), ("d", bits - cut)) if size}
        for name, size in self.cregs.items():
            self.both(f"creg {name}[{size}];" if old else f"bit[{size}] {name};")

    def _body(self) -> None:
        if "reset-start" in self.features:
            self.both(f"reset {self.rng.choice([*self.qregs, *self.qubits()])};")
        for place, qubit in enumerate(self.qubits()):
            self.both(f"U({0.5 + 0.37 * place:.2f}, 0, 0) {qubit};")
        for feature in sorted(self.features):
            if write := (GATES | VALUES).get(feature):
                write(self)
        for _ in range(self.rng.randint(1, 4)):
            self.both(self.gate())
        if self.control:
            self.extra = {CONTROL[self.seed % len(CONTROL)], self.rng.choice(CONTROL)}
            write_control(self)
        else:
            self._measure()

    def _measure(self) -> None:
        rng = self.rng
        if "declare-and-measure" in self.features:
            for name, size in self.qregs.items():
                self.both(f"bit[{size}] m_{name} = measure {name};")
            return
        if set(self.cregs) == {f"c_{name}" for name in self.qregs}:
            for name, size in self.qregs.items():
                if "bit-slices" in self.features and size > 1:
                    plain = [f"c_{name}[{place}] = measure {name}[{place}];" for place in range(size)]
                    self.write(f"c_{name}[0:{size - 2}] = measure {name}[0:{size - 2}];", *plain[:-1])
                    self.write(f"c_{name}[-1] = measure {name}[-1];", plain[-1])
                elif "arrow-measure" in self.features:
                    self.write(f"measure {name} -> c_{name};", f"c_{name} = measure {name};")
                else:
                    self.both(f"c_{name} = measure {name};")
            return
        qubits, bits = self.qubits(), self.bits()
        rng.shuffle(qubits)
        rng.shuffle(bits)
        for qubit, bit in zip(qubits[: len(qubits) - self.left_out], bits, strict=False):
            self.both(f"{bit} = measure {qubit};")

    def _physical(self) -> None:
        rng = self.rng
        numbers = rng.sample(range(9), rng.randint(2, 4))
        places = [f"${number}" for number in numbers]
        # The plain text keeps the gates' order of qubits; only the outcomes are compared.
        size = len(numbers)
        self.cregs = {"c": size}
        self.write(f"bit[{size}] c;", f"qubit[{size}] q;", f"bit[{size}] c;")
        mapping = {place: f"q[{index}]" for index, place in enumerate(places)}
        for place in range(size):
            self.write(
                f"U({0.5 + 0.37 * place:.2f}, 0, 0) {places[place]};", f"U({0.5 + 0.37 * place:.2f}, 0, 0) q[{place}];"
            )
        for _ in range(rng.randint(3, 6)):
            modifier = rng.choice(("", "", "inv @ ")) if "inv" in self.features else ""
            names = [name for name, (_, count) in STANDARD.items() if count <= size]
            name = rng.choice(names)
            chosen = rng.sample(places, STANDARD[name][1])
            line = self.call(name, STANDARD, chosen, modifier)
            head, _, _ = line.rpartition(f" {', '.join(chosen)};")
            self.write(line, f"{head} {', '.join(mapping[place] for place in chosen)};")
        self.control = False
        order = list(range(size))
        rng.shuffle(order)
        for bit, place in enumerate(order):
            self.write(f"c[{bit}] = measure {places[place]};", f"c[{bit}] = measure q[{place}];")

    def pairs(self) -> list[tuple[str, str]]:
        """Registers of equal size above 1."""
        names = list(self.qregs)
        return [(a, b) for a in names for b in names if a != b and self.qregs[a] == self.qregs[b] > 1]
