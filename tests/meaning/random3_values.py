"""Values in random programs of OpenQASM 3: indices, loops, constants, functions, subroutines, inputs."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.meaning.random3 import Writer

VALUES: dict[str, Callable[[Writer], None]] = {}


def _construct(name: str) -> Callable[[Callable[[Writer], None]], Callable[[Writer], None]]:
    """Add a function that writes a construct."""

    def add(write: Callable[[Writer], None]) -> Callable[[Writer], None]:
        VALUES[name] = write
        return write

    return add


@_construct("alias-slice")
def _alias_slice(writer: Writer) -> None:
    name, size = max(writer.qregs.items(), key=lambda item: item[1])
    last = size - 1
    gate = writer.gate(["{}"], {"U": (3, 1)})
    writer.write(f"let part = {name}[0:{last}];")
    writer.write(gate.format("part[0]"), gate.format(f"{name}[0]"))
    writer.write(f"let rest = {name}[{'1' if last else '0'}:2:{last}];")
    writer.write(gate.format("rest"), *(gate.format(f"{name}[{place}]") for place in range(1 if last else 0, size, 2)))


@_construct("alias-concatenation")
def _alias_concatenation(writer: Writer) -> None:
    if len(writer.qregs) > 1:
        one, two = list(writer.qregs)[:2]
        order = [f"{two}[{place}]" for place in range(writer.qregs[two])]
        order += [f"{one}[{place}]" for place in range(writer.qregs[one])]
        writer.write(f"let joined = {two} ++ {one};")
        line = f"{'own_cx' if writer.bare else 'cx'} {{}}, {{}};"
        writer.write(line.format("joined[0]", f"joined[{len(order) - 1}]"), line.format(order[0], order[-1]))


@_construct("negative-index")
def _negative_index(writer: Writer) -> None:
    name = writer.rng.choice(list(writer.qregs))
    line = writer.gate(["{}"], {"U": (3, 1)})
    writer.write(line.format(f"{name}[-1]"), line.format(f"{name}[{writer.qregs[name] - 1}]"))


@_construct("index-set")
def _index_set(writer: Writer) -> None:
    name, size = max(writer.qregs.items(), key=lambda item: item[1])
    line = writer.gate(["{}"], {"U": (3, 1)})
    writer.write(
        line.format(f"{name}[{{0, {size - 1}}}]") if size > 1 else line.format(f"{name}[{{0}}]"),
        *(line.format(f"{name}[{place}]") for place in sorted({0, size - 1})),
    )


@_construct("for-range")
def _for_range(writer: Writer) -> None:
    name, size = max(writer.qregs.items(), key=lambda item: item[1])
    writer.write(
        f"for {writer.rng.choice(('int', 'uint', 'int[32]'))} i in [0:{size - 1}] "
        f"{{ U(0.3*(i+1), 0, 0.1) {name}[i]; }}",
        *(f"U({0.3 * (place + 1)}, 0, 0.1) {name}[{place}];" for place in range(size)),
    )


@_construct("for-step")
def _for_step(writer: Writer) -> None:
    name, size = max(writer.qregs.items(), key=lambda item: item[1])
    step = writer.rng.choice((2, -1))
    places = list(range(0, size, 2)) if step == 2 else list(range(size - 1, -1, -1))
    text = f"0:2:{size - 1}" if step == 2 else f"{size - 1}:-1:0"
    writer.write(
        f"for int i in [{text}] U(i*0.4 + 0.1, 0.2, 0) {name}[i];",
        *(f"U({place * 0.4 + 0.1}, 0.2, 0) {name}[{place}];" for place in places),
    )


@_construct("for-set")
def _for_set(writer: Writer) -> None:
    qubit = writer.rng.choice(writer.qubits())
    values = writer.rng.sample(range(1, 9), 3)
    writer.write(
        f"for int k in {{{', '.join(map(str, values))}}} {{ U(pi/k, k, 0.0) {qubit}; }}",
        *(f"U({math.pi / value}, {value}, 0.0) {qubit};" for value in values),
    )


@_construct("for-nested")
def _for_nested(writer: Writer) -> None:
    name, size = max(writer.qregs.items(), key=lambda item: item[1])
    writer.write("const int width = " + str(size) + ";")
    inner = [f"ctrl @ U(0.2, {i}, {j}) {name}[{i}], {name}[{j}];" for i in range(size) for j in range(i + 1, size)]
    writer.write(
        f"for int i in [0:width - 2] {{\n  for int j in [i + 1:width - 1] {{\n"
        f"    ctrl @ U(0.2, i, j) {name}[i], {name}[j];\n  }}\n}}"
        if size > 1
        else f"for int i in [0:width - 1] {{ U(0, 0, 0) {name}[i]; }}",
        *inner,
    )


@_construct("constant-division")
def _constant_division(writer: Writer) -> None:
    qubit, (a, b) = writer.rng.choice(writer.qubits()), writer.rng.choice(((7, 2), (1, 2), (5, 3), (9, 4)))
    quotient = int(a / b)
    if writer.rng.random() < 0.5:
        writer.write(f"const int half = {a}/{b};")
        writer.write(f"U(half*0.4, 0, 0) {qubit};", f"U({quotient * 0.4}, 0, 0) {qubit};")
    else:
        writer.write(f"U({a}/{b}*0.4 + 0.3, 0, 0) {qubit};", f"U({quotient * 0.4 + 0.3}, 0, 0) {qubit};")


@_construct("constant-operators")
def _constant_operators(writer: Writer) -> None:
    qubit = writer.rng.choice(writer.qubits())
    text, value = writer.rng.choice(
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
    kind = writer.rng.choice(("int", "uint", "int[16]"))
    writer.write(f"const {kind} n_{writer.seed} = {text};")
    writer.write(f"U(n_{writer.seed} * 0.25, 0.1, 0) {qubit};", f"U({value * 0.25}, 0.1, 0) {qubit};")


@_construct("functions")
def _functions(writer: Writer) -> None:
    qubit = writer.rng.choice(writer.qubits())
    text, value = writer.rng.choice(
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
    if writer.rng.random() < 0.5:
        writer.write(f"const float f_value = {text};")
        text = "f_value"
    writer.write(f"U({text}, 0.1, 0) {qubit};", f"U({value!r}, 0.1, 0) {qubit};")


@_construct("def")
def _def(writer: Writer) -> None:
    one, two = writer.rng.sample(writer.qubits(), 2)
    writer.head.append("def turn(qubit x, qubit y, float[64] t) { U(t, 0, t/2) x; ctrl @ U(t, 0.1, 0) x, y; }")
    writer.write(f"turn({one}, {two}, 0.8);", f"U(0.8, 0, 0.4) {one};", f"ctrl @ U(0.8, 0.1, 0) {one}, {two};")


@_construct("def-register")
def _def_register(writer: Writer) -> None:
    name, size = max(writer.qregs.items(), key=lambda item: item[1])
    writer.head.append(f"def spread(qubit[{size}] x, int[32] k) {{ for int i in [0:{size - 1}] U(k*0.2, 0, i) x[i]; }}")
    writer.write(f"spread({name}, 3);", *(f"U({3 * 0.2}, 0, {i}) {name}[{i}];" for i in range(size)))


@_construct("def-measure")
def _def_measure(writer: Writer) -> None:
    qubit = writer.rng.choice(writer.qubits())
    writer.head.append("def prepare(qubit x) { reset x; U(0.9, 0, 0) x; }")
    writer.control = True
    writer.extra = set()
    writer.write(f"prepare({qubit});", f"reset {qubit};", f"U(0.9, 0, 0) {qubit};")
    writer.has_control()


@_construct("def-return")
def _def_return(writer: Writer) -> None:
    one, two = writer.rng.sample(writer.qubits(), 2)
    writer.head.append("def double(float[64] t) -> float[64] { return 2 * t; }")
    writer.head.append("def look(qubit x) -> bit { return measure x; }")
    writer.write(f"U(double(0.35), 0, 0) {one};", f"U(0.7, 0, 0) {one};")
    writer.write("bit seen;", "bit seen;")
    writer.write(f"seen = look({two});", f"seen = measure {two};")
    writer.has_control()


@_construct("input")
def _input(writer: Writer) -> None:
    qubit = writer.rng.choice(writer.qubits())
    value = round(writer.rng.uniform(0.2, 3), 3)
    writer.head.append(f"input {writer.rng.choice(('float', 'float[64]', 'angle'))} theta_in;")
    writer.parameters["theta_in"] = value
    writer.write(f"U(theta_in, 0, 0) {qubit};", f"U({value}, 0, 0) {qubit};")


@_construct("unicode")
def _unicode(writer: Writer) -> None:
    qubit = writer.rng.choice(writer.qubits())
    writer.write("const float θ = π/3.0;")
    writer.write(f"U(θ, 0, τ/8) {qubit};", f"U(pi/3.0, 0, pi/4.0) {qubit};")


@_construct("literals")
def _literals(writer: Writer) -> None:
    if "physical-qubits" in writer.features:
        return
    qubit = writer.rng.choice(writer.qubits())
    text, value = writer.rng.choice(
        (("0b11", 3), ("0x2", 2), ("0o3", 3), ("1_0", 10), ("15e-1", 1.5), (".5e1", 5.0), ("2.", 2.0), ("0B10", 2))
    )
    writer.write(f"U({text}, 0.2, 0) {qubit};", f"U({value}, 0.2, 0) {qubit};")


@_construct("single-bits")
def _single_bits(writer: Writer) -> None:
    writer.both("bit lone;")
    writer.both(f"lone = measure {writer.rng.choice(writer.qubits())};")
    writer.has_control()


@_construct("bit-string")
def _bit_string(writer: Writer) -> None:
    """A register with a value: the plain text measures a qubit that holds it."""
    value = format(writer.rng.randrange(4), "02b")
    writer.write(f'bit[2] word = "{value}";', "bit[2] word;", "qubit[2] held;")
    writer.plain_lines += [f"U(pi, 0, pi) held[{place}];" for place in (0, 1) if value[1 - place] == "1"]
    writer.plain_lines += ["word = measure held;"]


@_construct("array")
def _array(writer: Writer) -> None:
    """Arrays of constants, indexed by a loop."""
    qubit = writer.rng.choice(writer.qubits())
    angles = [round(writer.rng.uniform(-2, 2), 2) for _ in range(3)]
    writer.write(f"array[float[64], 3] turns = {{{', '.join(map(str, angles))}}};")
    writer.write(
        f"for int i in [0:2] {{ U(turns[i], 0, 0) {qubit}; U(turns[-1], 0.2, 0) {qubit}; }}",
        *(line for angle in angles for line in (f"U({angle}, 0, 0) {qubit};", f"U({angles[-1]}, 0.2, 0) {qubit};")),
    )


@_construct("integer-bits")
def _integer_bits(writer: Writer) -> None:
    """Bits of an integer that is known: each decides about a gate."""
    qubit, value = writer.rng.choice(writer.qubits()), writer.rng.randrange(8)
    writer.write(f"uint[3] pattern = {value};")
    writer.write(
        f"for uint i in [0:2] {{ if (bool(pattern[i])) {{ U(0.3, 0.1, i) {qubit}; }} }}",
        *(f"U(0.3, 0.1, {i}) {qubit};" for i in range(3) if value >> i & 1),
    )


@_construct("known-condition")
def _known_condition(writer: Writer) -> None:
    """Conditions on constants, which no measurement decides."""
    qubit = writer.rng.choice(writer.qubits())
    text, holds = writer.rng.choice(
        (("2 * 3 == 6", True), ("1 > 2", False), ("true && !false", True), ("7 / 2 == 3", True), ("5 % 3 != 2", False))
    )
    one, two = f"U(0.7, 0.1, 0) {qubit};", f"U(1.3, 0, 0.2) {qubit};"
    writer.write(f"if ({text}) {{ {one} }} else {{ {two} }}", one if holds else two)
