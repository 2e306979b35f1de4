"""Random programs of OpenQASM 2, by arXiv:1707.03429 and the header that Qiskit extended."""

from __future__ import annotations

import random

from tests.meaning.cases import Case
from tests.meaning.expressions import angle2
from tests.meaning.gate_tables import BUILT_IN2, LATER, PAPER, QELIB, Gates

# Names that are free in OpenQASM 2 and keywords of OpenQASM 3, beside usual ones.
_KEYWORDS3 = (
    *("input", "output", "qubit", "bit", "int", "uint", "float", "angle", "const", "def", "let", "for", "while"),
    *("else", "in", "ctrl", "inv", "pow", "negctrl", "gphase", "array", "duration", "stretch", "delay", "box", "cal"),
    *("defcal", "extern", "return", "switch", "case", "default", "end", "break", "continue", "bool", "mutable", "void"),
    *("complex", "readonly", "tau", "euler", "popcount", "sizeof", "im", "durationof", "nop", "arctan", "floor", "mod"),
)
_PLAIN = ("q", "a", "b", "c", "d", "anc", "work", "qr", "cr", "meas", "data_1", "r0", "qQ", "out_", "psi")
_SHAPES = ((2, 2), (3, 3), (2, 2, 2), (1, 3), (1, 2, 2), (4,), (3,), (2, 3), (5,), (1, 1, 1), (2,), (1,), (3, 2, 1))

FEATURES = (
    *("broadcast-1", "broadcast-2", "broadcast-3", "broadcast-user", "one-to-register", "user-gate", "nested-gates"),
    *("expressions", "barrier", "barrier-in-gate", "opaque", "keyword-names", "reset-start", "spare-bits"),
    *("unmeasured-qubits", "no-include", "later-gates", "paper-gates", "empty-gate", "comments", "integer-division"),
    *("power", "early-measure", "long-lines", "several-registers"),
)
CONTROL = ("if", "reset-middle", "measure-middle", "measure-again", "if-broadcast", "if-measure", "if-reset", "if-user")


def program(seed: int) -> Case:
    """The program of a seed: about two thirds measure at the end only."""
    rng = random.Random(f"openqasm2 {seed}")
    return _Writer(rng, seed).case()


class _Writer:
    def __init__(self, rng: random.Random, seed: int) -> None:
        self.rng, self.seed = rng, seed
        self.control = rng.random() < 0.34
        self.features = {FEATURES[seed % len(FEATURES)], *rng.sample(FEATURES, rng.randint(1, 4))}
        if self.features & {"no-include"}:
            self.features -= {"later-gates", "paper-gates"}
        self.names = iter(rng.sample(_KEYWORDS3 if "keyword-names" in self.features else _PLAIN, 12))
        shapes = _SHAPES
        if "broadcast-3" in self.features:
            shapes = ((2, 2, 2), (1, 2, 2))
        elif self.features & {"broadcast-2", "broadcast-user"}:
            shapes = ((2, 2), (3, 3), (1, 2, 2))
        elif "one-to-register" in self.features:
            shapes = ((1, 3), (2, 2), (2, 3), (3, 2, 1))
        elif "several-registers" in self.features:
            shapes = ((2, 2), (1, 1, 1), (2, 3), (3, 2, 1))
        self.qregs = {next(self.names): size for size in rng.choice(shapes)}
        self.gates: Gates = dict(BUILT_IN2) if "no-include" in self.features else dict(QELIB)
        self.user: Gates = {}
        self.lines: list[str] = []
        self.measured: set[str] = set()

    def case(self) -> Case:
        rng = self.rng
        head = ["OPENQASM 2.0;"]
        if "no-include" not in self.features:
            head.append('include "qelib1.inc";')
        definitions = self._definitions()
        self._classical()
        declarations = [f"qreg {name}[{size}];" for name, size in self.qregs.items()]
        declarations += [f"creg {name}[{size}];" for name, size in self.cregs.items()]
        if rng.random() < 0.3:
            rng.shuffle(declarations)
        order = [line.split()[1].split("[")[0] for line in declarations if line.startswith("creg")]
        self.cregs = {name: self.cregs[name] for name in order}
        self._body()
        lines = [*head, *definitions, *declarations, *self.lines]
        if "comments" in self.features:
            lines.insert(rng.randint(1, len(lines)), "// a comment; with measure q -> c; inside")
        text = "\n".join(lines) + "\n"
        if "long-lines" in self.features:
            text = text.replace(";\n", "; ", rng.randint(1, 6)) if "comments" not in self.features else text
        group = "control" if self.control else "end"
        used = self.features | (self.extra if self.control else set())
        return Case(f"qasm2-{self.seed}", "openqasm2", text, group, tuple(sorted(used)))

    def _definitions(self) -> list[str]:
        rng, lines = self.rng, []
        if "opaque" in self.features:
            lines.append(f"opaque {next(self.names)}(theta, phi) one, two;")
        wanted = self.features & {"user-gate", "nested-gates", "broadcast-user", "barrier-in-gate", "empty-gate"}
        if not wanted and not (self.control and rng.random() < 0.3):
            return lines
        gates: Gates = dict(self.gates)
        for _ in range(2 if "nested-gates" in self.features else 1):
            name = next(self.names)
            angles, qubits = rng.choice((0, 1, 2)), rng.choice((1, 2, 2, 3))
            if "broadcast-user" in self.features:
                qubits = 2
            parameters = rng.sample(("theta", "phi", "lambda", "g0", "alpha"), angles)
            arguments = rng.sample(("a", "b", "c", "x1", "t0", "ctl"), qubits)
            body = []
            for _ in range(rng.randint(1, 4)):
                inner = rng.choice([gate for gate, (_, count) in gates.items() if count <= qubits])
                body.append(self._call(inner, gates, rng.sample(arguments, gates[inner][1]), tuple(parameters)))
            if self.user:
                inner = rng.choice(list(self.user))
                if self.user[inner][1] <= qubits:
                    body.append(self._call(inner, gates, rng.sample(arguments, self.user[inner][1]), tuple(parameters)))
            if "barrier-in-gate" in self.features:
                body.insert(rng.randint(0, len(body)), f"barrier {', '.join(arguments)};")
            head = f"gate {name}{'(' + ', '.join(parameters) + ')' if parameters else rng.choice(('', '()'))}"
            gap = rng.choice((" ", "\n  "))
            lines.append(f"{head} {', '.join(arguments)} {{{gap}{gap.join(body)}{gap[0]}}}")
            gates[name] = self.user[name] = (angles, qubits)
        if "empty-gate" in self.features:
            name = next(self.names)
            lines.append(f"gate {name} a, b {{ }}")
            self.user[name] = (0, 2)
        return lines

    def _classical(self) -> None:
        rng, total = self.rng, sum(self.qregs.values())
        if self.control:
            self.cregs = {next(self.names): rng.randint(1, 3) for _ in range(rng.randint(1, 3))}
            return
        spare = rng.randint(1, 2) if "spare-bits" in self.features else 0
        self.left_out = rng.randint(1, max(1, total - 1)) if "unmeasured-qubits" in self.features and total > 1 else 0
        bits = total - self.left_out + spare
        if rng.random() < 0.5 and not spare and not self.left_out:
            self.whole = True
            self.pairs = [(name, next(self.names)) for name in self.qregs]
            self.cregs = {bits: self.qregs[qubits] for qubits, bits in self.pairs}
            return
        self.whole = False
        cut = rng.randint(1, bits - 1) if bits > 1 and rng.random() < 0.5 else 0
        self.cregs = {next(self.names): size for size in (cut, bits - cut) if size}

    def _body(self) -> None:
        rng = self.rng
        if "reset-start" in self.features:
            name = rng.choice(list(self.qregs))
            self.lines.append(f"reset {name}{rng.choice(('', '[0]'))};")
        # Angles that differ make a wrong order of qubits visible.
        for place, qubit in enumerate(self._qubits()):
            name = "ry" if "ry" in self.gates else "U"
            angle = f"{0.5 + 0.37 * place:.2f}"
            self.lines.append(f"{name}({angle if name == 'ry' else angle + ',0,0'}) {qubit};")
        for feature in sorted(self.features):
            self._feature(feature)
        for _ in range(rng.randint(2, 7)):
            self._random_gate(self.gates)
        if self.control:
            self._control()
        else:
            self._measure()

    def _feature(self, feature: str) -> None:  # noqa: PLR0912 - one case per construct
        rng, names = self.rng, list(self.qregs)
        pairs = [(a, b) for a in names for b in names if a != b and self.qregs[a] == self.qregs[b] > 1]
        match feature:
            case "broadcast-1":
                self._random_gate(self.gates, [rng.choice(names)])
            case "broadcast-2" if pairs:
                self._random_gate(self.gates, list(rng.choice(pairs)))
            case "broadcast-3" if pairs and "ccx" in self.gates:
                first, second = rng.choice(pairs)
                third = next((name for name in names if name not in (first, second)), None)
                if third:
                    places = [first, second, third if self.qregs[third] != 1 else f"{third}[0]"]
                    rng.shuffle(places)
                    self._random_gate({name: self.gates[name] for name in ("ccx", "cswap", "rccx")}, places)
            case "broadcast-user" if pairs and self.user:
                self._random_gate(self.user, list(rng.choice(pairs)))
            case "one-to-register" if len(names) > 1:
                one, other = rng.sample(names, 2)
                places = [f"{one}[{rng.randrange(self.qregs[one])}]", other]
                rng.shuffle(places)
                self._random_gate(self.gates, places)
            case "user-gate" | "nested-gates" | "barrier-in-gate" | "empty-gate":
                for _ in range(2):
                    self._random_gate(self.user)
            case "expressions":
                for _ in range(3):
                    self._random_gate({name: shape for name, shape in self.gates.items() if shape[0]})
            case "integer-division":
                self._rotation(f"pi*{rng.choice(('1/2', '3/4', '1/4', '5/2', '2/3'))}")
            case "power":
                self._rotation(rng.choice(("pi/2^2", "2^2/5", "1.5^2", "pi^2/4", "(1/2)^2*pi", "pi/(2^3)*6", "2^0.5")))
            case "barrier":
                self.lines.append(f"barrier {', '.join(rng.sample(names, rng.randint(1, len(names))))};")
            case "later-gates":
                for _ in range(4):
                    self._random_gate(LATER)
            case "paper-gates":
                for _ in range(4):
                    self._random_gate(PAPER)
            case _:
                pass

    def _rotation(self, angle: str) -> None:
        qubit = self.rng.choice(self._qubits())
        self.lines.append(f"rx({angle}) {qubit};" if "rx" in self.gates else f"U({angle},0,0) {qubit};")

    def _random_gate(self, gates: Gates, places: list[str] | None = None) -> None:
        qubits = self._qubits()
        count = len(places) if places else len(qubits)
        fitting = [name for name, (_, size) in gates.items() if (size == count if places else size <= min(count, 5))]
        if fitting:
            name = self.rng.choice(fitting)
            self.lines.append(
                self._call(name, {**gates, **self.user}, places or self.rng.sample(qubits, gates[name][1]))
            )

    def _call(self, name: str, gates: Gates, places: list[str], names: tuple[str, ...] = ()) -> str:
        simple = "expressions" not in self.features and not names
        angles = [
            f"{self.rng.uniform(-3, 3):.3f}" if simple else angle2(self.rng, names) for _ in range(gates[name][0])
        ]
        if name == "u0":
            # Qiskit reads its argument as a duration in steps.
            angles = [str(self.rng.randint(1, 3))]
        return f"{name}{'(' + self.rng.choice((',', ', ')).join(angles) + ')' if angles else ''} {', '.join(places)};"

    def _qubits(self) -> list[str]:
        return [f"{name}[{place}]" for name, size in self.qregs.items() for place in range(size)]

    def _bits(self) -> list[str]:
        return [f"{name}[{place}]" for name, size in self.cregs.items() for place in range(size)]

    def _measure(self) -> None:
        rng = self.rng
        if self.whole:
            rng.shuffle(self.pairs)
            self.lines += [f"measure {qubits} -> {bits};" for qubits, bits in self.pairs]
            return
        qubits, bits = self._qubits(), self._bits()
        rng.shuffle(qubits)
        rng.shuffle(bits)
        kept = qubits[: max(1, len(qubits) - self.left_out)]
        pairs = list(zip(kept, bits, strict=False))
        for place, (qubit, bit) in enumerate(pairs):
            self.lines.append(f"measure {qubit} -> {bit};")
            if "early-measure" in self.features and place + 1 < len(pairs):
                later = pairs[place + 1][0]
                name = "h" if "h" in self.gates else "U(0.7,0.1,0.2)"
                self.lines.append(f"{name} {later};")

    def _control(self) -> None:
        rng, qubits, bits = self.rng, self._qubits(), self._bits()
        self.extra = {CONTROL[self.seed % len(CONTROL)], *rng.sample(CONTROL, 2)}
        self.lines.append(f"measure {rng.choice(qubits)} -> {rng.choice(bits)};")
        for kind in sorted(self.extra):
            name = rng.choice(list(self.cregs))
            condition = f"if({name}=={rng.randrange(2 ** self.cregs[name])})"
            before = len(self.lines)
            match kind:
                case "if":
                    self._random_gate(self.gates)
                case "if-broadcast":
                    self._random_gate(self.gates, [rng.choice(list(self.qregs))])
                case "if-measure":
                    self.lines.append(f"measure {rng.choice(qubits)} -> {rng.choice(bits)};")
                case "if-reset":
                    self.lines.append(f"reset {rng.choice(qubits)};")
                case "if-user":
                    self._random_gate(self.user or self.gates)
                case "reset-middle":
                    self.lines.append(f"reset {rng.choice([*qubits, *self.qregs])};")
                case "measure-middle" | "measure-again":
                    self.lines.append(f"measure {rng.choice(qubits)} -> {rng.choice(bits)};")
            if kind.startswith("if"):
                self.lines[before:] = [f"{condition} {line}" for line in self.lines[before:]]
            self._random_gate(self.gates)
        for _ in range(rng.randint(1, len(bits))):
            self.lines.append(f"measure {rng.choice(qubits)} -> {rng.choice(bits)};")
