"""Random programs of OpenQASM 3.

Each is written twice: as it is, and spelled out without what Qiskit's reader lacks, by the rules of the OpenQASM 3.1
specification (section "Types and Casting": division of integers truncates, `**` is a power, ranges include their end).
"""

from __future__ import annotations

import math
import random
import re

from scripts.meaning.cases import Case
from scripts.meaning.expressions import angle3
from scripts.meaning.gate_tables import STANDARD, Gates
from scripts.meaning.random3_control import CONTROL, write_control

FEATURES = (
    *("broadcast-1", "broadcast-2", "broadcast-3", "broadcast-user", "one-to-register", "no-include", "user-gate"),
    *("ctrl", "negctrl", "inv", "pow", "modifiers-user", "modifiers-broadcast", "gphase", "gphase-in-gate"),
    *("alias-slice", "alias-concatenation", "negative-index", "index-set", "for-range", "for-step", "for-set"),
    *("for-nested", "constant-division", "constant-operators", "functions", "def", "def-register", "def-measure"),
    *("physical-qubits", "input", "unicode", "literals", "old-declarations", "arrow-measure", "bit-slices"),
    *("reset-start", "barrier", "timing", "spare-bits", "unmeasured-qubits", "comments", "expressions"),
    *("declare-and-measure", "single-bits", "bit-string", "def-return"),
)
_NAMES = ("q", "a", "b", "r", "anc", "work", "qr", "data_1", "psi", "Q1", "_t", "target")
_SHAPES = ((2, 2), (3,), (4,), (2, 2, 2), (1, 2, 2), (3, 2), (1, 3), (5,), (2, 1, 2))

# An expression that the plain text has as a number.
_MARKED = re.compile("«([^»]*)»")
_FUNCTIONS = {
    **{name: getattr(math, name) for name in ("pi", "sin", "cos", "tan", "exp", "log", "sqrt")},
    **{"arcsin": math.asin, "arccos": math.acos, "arctan": math.atan},
}


def _evaluated(found: re.Match[str]) -> str:
    """Python's operators have OpenQASM 3's order; no two integers are divided."""
    return repr(float(eval(found[1], {"__builtins__": {}}, _FUNCTIONS)))


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
        for each in plain:
            self.write_plain(each)

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
            getattr(self, "_" + feature.replace("-", "_"), lambda: None)()
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

    def _broadcast_1(self) -> None:
        self.both(self.gate([self.rng.choice(list(self.qregs))]))

    def _broadcast_2(self) -> None:
        if self.pairs():
            self.both(self.gate(list(self.rng.choice(self.pairs())), self.user if self.bare else None))

    def _broadcast_3(self) -> None:
        names = list(self.qregs)
        if len(names) == 3:
            self.rng.shuffle(names)
            places = names if self.rng.random() < 0.6 else [names[0], f"{names[1]}[1]", names[2]]
            self.both(self.gate(places))

    def _one_to_register(self) -> None:
        if len(self.qregs) > 1:
            one, other = self.rng.sample(list(self.qregs), 2)
            places = [f"{one}[{self.rng.randrange(self.qregs[one])}]", other]
            self.rng.shuffle(places)
            self.both(self.gate(places, self.user if self.bare else None))

    def _define(self) -> str:
        name = f"my_gate{len(self.user)}"
        if name not in self.user:
            inner = ["U(t, 0.3, -t/2.0) x;", "ctrl @ U(0.4, t, 0) y, x;", "inv @ U(0.2, t, 0.1) y;"]
            if not self.bare:
                inner += ["rx(t) y;", "cx x, y;", "h x;", "crz(t*2.0) y, x;", "pow(2) @ s x;", "swap x, y;"]
            self.rng.shuffle(inner)
            self.both_head(f"gate {name}(t) x, y {{ {' '.join(inner[: self.rng.randint(2, 4)])} }}")
            self.user[name] = (1, 2)
        return name

    def _user_gate(self) -> None:
        name = self._define()
        self.both(self.call(name, self.user, self.rng.sample(self.qubits(), 2)))

    def _broadcast_user(self) -> None:
        name = self._define()
        if self.pairs():
            self.both(self.call(name, self.user, list(self.rng.choice(self.pairs()))))

    def _ctrl(self) -> None:
        self._modified(("ctrl @ ", "ctrl(2) @ ", "ctrl @ ctrl @ ")[self.seed % 3])

    def _negctrl(self) -> None:
        self._modified(("negctrl @ ", "negctrl(2) @ ", "ctrl @ negctrl @ ", "negctrl @ inv @ ")[self.seed % 4])

    def _inv(self) -> None:
        self._modified("inv @ ")

    def _pow(self) -> None:
        self._modified(("pow(2) @ ", "pow(3) @ ", "pow(-1) @ ", "pow(0.5) @ ", "inv @ pow(2) @ ")[self.seed % 5])

    def _modified(self, modifiers: str) -> None:
        controls = modifiers.count("ctrl") + modifiers.count("(2) @") * ("ctrl(2)" in modifiers)
        qubits = self.qubits()
        room = len(qubits) - controls
        names = [name for name, (_, count) in self.gates.items() if count <= min(room, 2)]
        if names:
            name = self.rng.choice(names)
            places = self.rng.sample(qubits, controls + self.gates[name][1])
            self.both(self.call(name, self.gates, places, modifiers))

    def _modifiers_user(self) -> None:
        name = self._define()
        modifiers = self.rng.choice(("inv @ ", "ctrl @ ", "pow(2) @ ", "negctrl @ ", "ctrl @ inv @ ", "inv @ ctrl @ "))
        if len(self.qubits()) > 2:
            self.both(self.call(name, self.user, self.rng.sample(self.qubits(), 2 + ("ctrl" in modifiers)), modifiers))

    def _modifiers_broadcast(self) -> None:
        if self.pairs():
            places = list(self.rng.choice(self.pairs()))
            self.both(self.call("U", self.gates, places, self.rng.choice(("ctrl @ ", "negctrl @ "))))

    def _gphase(self) -> None:
        one, two = self.rng.sample(self.qubits(), 2)
        self.both(f"U(pi/2, 0, pi) {one};")
        self.both("gphase(0.7);")
        self.both(f"ctrl @ gphase({self.angle()}) {one};")
        self.both(f"ctrl @ ctrl @ gphase(pi/3.0) {one}, {two};")
        self.both(f"U(pi/2, 0, pi) {one};")

    def _gphase_in_gate(self) -> None:
        one, two = self.rng.sample(self.qubits(), 2)
        self.both_head("gate phased(t) x { gphase(t); U(0.3, t, 0) x; }")
        self.both(f"U(pi/2, 0, pi) {one};")
        self.both(f"ctrl @ phased({self.angle()}) {one}, {two};")
        self.both(f"U(pi/2, 0, pi) {one};")

    def _alias_slice(self) -> None:
        name, size = max(self.qregs.items(), key=lambda item: item[1])
        last = size - 1
        gate = self.gate(["{}"], {"U": (3, 1)})
        self.write(f"let part = {name}[0:{last}];")
        self.write(gate.format("part[0]"), gate.format(f"{name}[0]"))
        self.write(f"let rest = {name}[{'1' if last else '0'}:2:{last}];")
        self.write(
            gate.format("rest"), *(gate.format(f"{name}[{place}]") for place in range(1 if last else 0, size, 2))
        )

    def _alias_concatenation(self) -> None:
        if len(self.qregs) > 1:
            one, two = list(self.qregs)[:2]
            order = [f"{two}[{place}]" for place in range(self.qregs[two])]
            order += [f"{one}[{place}]" for place in range(self.qregs[one])]
            self.write(f"let joined = {two} ++ {one};")
            line = f"{'own_cx' if self.bare else 'cx'} {{}}, {{}};"
            self.write(line.format("joined[0]", f"joined[{len(order) - 1}]"), line.format(order[0], order[-1]))

    def _negative_index(self) -> None:
        name = self.rng.choice(list(self.qregs))
        line = self.gate(["{}"], {"U": (3, 1)})
        self.write(line.format(f"{name}[-1]"), line.format(f"{name}[{self.qregs[name] - 1}]"))

    def _index_set(self) -> None:
        name, size = max(self.qregs.items(), key=lambda item: item[1])
        line = self.gate(["{}"], {"U": (3, 1)})
        self.write(
            line.format(f"{name}[{{0, {size - 1}}}]") if size > 1 else line.format(f"{name}[{{0}}]"),
            *(line.format(f"{name}[{place}]") for place in sorted({0, size - 1})),
        )

    def _for_range(self) -> None:
        name, size = max(self.qregs.items(), key=lambda item: item[1])
        self.write(
            f"for {self.rng.choice(('int', 'uint', 'int[32]'))} i in [0:{size - 1}] "
            f"{{ U(0.3*(i+1), 0, 0.1) {name}[i]; }}",
            *(f"U({0.3 * (place + 1)}, 0, 0.1) {name}[{place}];" for place in range(size)),
        )

    def _for_step(self) -> None:
        name, size = max(self.qregs.items(), key=lambda item: item[1])
        step = self.rng.choice((2, -1))
        places = list(range(0, size, 2)) if step == 2 else list(range(size - 1, -1, -1))
        text = f"0:2:{size - 1}" if step == 2 else f"{size - 1}:-1:0"
        self.write(
            f"for int i in [{text}] U(i*0.4 + 0.1, 0.2, 0) {name}[i];",
            *(f"U({place * 0.4 + 0.1}, 0.2, 0) {name}[{place}];" for place in places),
        )

    def _for_set(self) -> None:
        qubit = self.rng.choice(self.qubits())
        values = self.rng.sample(range(1, 9), 3)
        self.write(
            f"for int k in {{{', '.join(map(str, values))}}} {{ U(pi/k, k, 0.0) {qubit}; }}",
            *(f"U({math.pi / value}, {value}, 0.0) {qubit};" for value in values),
        )

    def _for_nested(self) -> None:
        name, size = max(self.qregs.items(), key=lambda item: item[1])
        self.write("const int width = " + str(size) + ";")
        inner = [f"ctrl @ U(0.2, {i}, {j}) {name}[{i}], {name}[{j}];" for i in range(size) for j in range(i + 1, size)]
        self.write(
            f"for int i in [0:width - 2] {{\n  for int j in [i + 1:width - 1] {{\n"
            f"    ctrl @ U(0.2, i, j) {name}[i], {name}[j];\n  }}\n}}"
            if size > 1
            else f"for int i in [0:width - 1] {{ U(0, 0, 0) {name}[i]; }}",
            *inner,
        )

    def _constant_division(self) -> None:
        qubit, (a, b) = self.rng.choice(self.qubits()), self.rng.choice(((7, 2), (1, 2), (5, 3), (9, 4), (-7, 2)))
        quotient = int(a / b)
        if self.rng.random() < 0.5:
            self.write(f"const int half = {a}/{b};")
            self.write(f"U(half*0.4, 0, 0) {qubit};", f"U({quotient * 0.4}, 0, 0) {qubit};")
        else:
            self.write(f"U({a}/{b}*0.4 + 0.3, 0, 0) {qubit};", f"U({quotient * 0.4 + 0.3}, 0, 0) {qubit};")

    def _constant_operators(self) -> None:
        qubit = self.rng.choice(self.qubits())
        text, value = self.rng.choice(
            (
                ("7 % 4", 3),
                ("2 ** 3", 8),
                ("1 << 2", 4),
                ("13 >> 2", 3),
                ("6 & 3", 2),
                ("4 | 1", 5),
                ("6 ^ 3", 5),
                ("(2 + 3) * 2 - 1", 9),
                ("2 ** 3 % 5", 3),
                ("-3 + 5", 2),
                ("10 - 4 - 3", 3),
            )
        )
        kind = self.rng.choice(("int", "uint", "int[16]"))
        self.write(f"const {kind} n_{self.seed} = {text};")
        self.write(f"U(n_{self.seed} * 0.25, 0.1, 0) {qubit};", f"U({value * 0.25}, 0.1, 0) {qubit};")

    def _functions(self) -> None:
        qubit = self.rng.choice(self.qubits())
        text, value = self.rng.choice(
            (
                ("sin(0.5)", math.sin(0.5)),
                ("arccos(0.3)", math.acos(0.3)),
                ("arctan(2.0)", math.atan(2)),
                ("exp(0.3)", math.exp(0.3)),
                ("log(5.0)", math.log(5)),
                ("floor(2.7)", 2),
                ("ceiling(1.2)", 2),
                ("mod(7, 4)", 3),
                ("mod(5.5, 2.0)", 1.5),
                ("sqrt(2.0)", math.sqrt(2)),
                ('popcount("1101")', 3),
                ("tau/5.0 + euler - pi", math.tau / 5 + math.e - math.pi),
            )
        )
        self.write(f"const float f_value = {text};") if self.rng.random() < 0.5 else None
        name = "f_value" if self.lines[-1].startswith("const float f_value") else text
        self.write(f"U({name}, 0.1, 0) {qubit};", f"U({value!r}, 0.1, 0) {qubit};")

    def _def(self) -> None:
        one, two = self.rng.sample(self.qubits(), 2)
        self.head.append("def turn(qubit x, qubit y, float[64] t) { U(t, 0, t/2) x; ctrl @ U(t, 0.1, 0) x, y; }")
        self.write(f"turn({one}, {two}, 0.8);", f"U(0.8, 0, 0.4) {one};", f"ctrl @ U(0.8, 0.1, 0) {one}, {two};")

    def _def_register(self) -> None:
        name, size = max(self.qregs.items(), key=lambda item: item[1])
        self.head.append(
            f"def spread(qubit[{size}] x, int[32] k) {{ for int i in [0:{size - 1}] U(k*0.2, 0, i) x[i]; }}"
        )
        self.write(f"spread({name}, 3);", *(f"U({3 * 0.2}, 0, {i}) {name}[{i}];" for i in range(size)))

    def _def_measure(self) -> None:
        qubit = self.rng.choice(self.qubits())
        self.head.append("def prepare(qubit x) { reset x; U(0.9, 0, 0) x; }")
        self.control = True
        self.extra = set()
        self.write(f"prepare({qubit});", f"reset {qubit};", f"U(0.9, 0, 0) {qubit};")
        if not set(self.cregs) & {"c"}:
            self.cregs["c"] = 2
            self.both("bit[2] c;")

    def _def_return(self) -> None:
        one, two = self.rng.sample(self.qubits(), 2)
        self.head.append("def double(float[64] t) -> float[64] { return 2 * t; }")
        self.head.append("def look(qubit x) -> bit { return measure x; }")
        self.write(f"U(double(0.35), 0, 0) {one};", f"U(0.7, 0, 0) {one};")
        self.write("bit seen;", "bit seen;")
        self.cregs_after = True
        self.write(f"seen = look({two});", f"seen = measure {two};")
        self.control = True
        self.extra = set()
        if not set(self.cregs) & {"c"}:
            self.cregs["c"] = 2
            self.both("bit[2] c;")

    def _input(self) -> None:
        qubit = self.rng.choice(self.qubits())
        value = round(self.rng.uniform(0.2, 3), 3)
        self.head.append(f"input {self.rng.choice(('float', 'float[64]', 'angle'))} theta_in;")
        self.parameters["theta_in"] = value
        self.write(f"U(theta_in, 0, 0) {qubit};", f"U({value}, 0, 0) {qubit};")

    def _unicode(self) -> None:
        qubit = self.rng.choice(self.qubits())
        self.write("const float θ = π/3.0;")
        self.write(f"U(θ, 0, τ/8) {qubit};", f"U(pi/3.0, 0, pi/4.0) {qubit};")

    def _literals(self) -> None:
        if "physical-qubits" in self.features:
            return
        qubit = self.rng.choice(self.qubits())
        text, value = self.rng.choice(
            (("0b11", 3), ("0x2", 2), ("0o3", 3), ("1_0", 10), ("15e-1", 1.5), (".5e1", 5.0), ("2.", 2.0), ("0B10", 2))
        )
        self.write(f"U({text}, 0.2, 0) {qubit};", f"U({value}, 0.2, 0) {qubit};")

    def _barrier(self) -> None:
        self.both(f"barrier {', '.join(self.rng.sample(list(self.qregs), 1))};")

    def _timing(self) -> None:
        self.both(f"delay[{self.rng.choice(('100ns', '2us', '10dt'))}] {self.rng.choice(self.qubits())};")
        qubit = self.rng.choice(self.qubits())
        self.write(f"box {{ U(0.4, 0.1, 0) {qubit}; }}", f"U(0.4, 0.1, 0) {qubit};")

    def _single_bits(self) -> None:
        self.control = True
        self.extra = {"measure-middle"}
        self.both("bit lone;")
        self.both(f"lone = measure {self.rng.choice(self.qubits())};")
        if not set(self.cregs) & {"c"}:
            self.cregs["c"] = 2
            self.both("bit[2] c;")

    def _bit_string(self) -> None:
        """A register with a value: the plain text measures a qubit that holds it."""
        value = format(self.rng.randrange(4), "02b")
        self.write(f'bit[2] word = "{value}";', "bit[2] word;", "qubit[2] held;")
        self.plain_lines += [f"U(pi, 0, pi) held[{place}];" for place in (0, 1) if value[1 - place] == "1"]
        self.plain_lines += ["word = measure held;"]
