"""Classical control in random programs of OpenQASM 3: what decides, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.meaning.random3 import Writer

CONTROL = (
    *("if-bit", "if-not", "if-else", "if-register", "if-string", "if-comparison", "if-logic", "if-cast", "if-nested"),
    *("else-if", "while-measure", "while-counter", "switch", "break", "continue", "bit-assignment", "bit-expression"),
    *("integer-variable", "measure-again", "reset-middle", "if-broadcast", "if-index", "bool-variable"),
)


def write_control(writer: Writer) -> None:
    """The controlled part of a program, then measurements of everything."""
    rng = writer.rng
    for name, size in writer.cregs.items():
        for place in range(size):
            if rng.random() < 0.7:
                writer.both(f"{name}[{place}] = measure {rng.choice(writer.qubits())};")
    for kind in sorted(writer.extra):
        _WRITERS.get(kind, lambda _: None)(writer)
        writer.both(writer.gate())
    for bit in writer.bits():
        if rng.random() < 0.5:
            writer.both(f"{bit} = measure {rng.choice(writer.qubits())};")


def _gates(writer: Writer, count: int = 2) -> list[str]:
    return [writer.gate() for _ in range(writer.rng.randint(1, count))]


def _guard(writer: Writer, condition: str, holds: Callable[[int], bool], register: str) -> None:
    """An `if` on a register's value: plain, one `if` for each value for which it holds."""
    body = _gates(writer)
    writer.write(f"if ({condition}) {{ {' '.join(body)} }}")
    for value in range(2 ** writer.cregs[register]):
        if holds(value):
            writer.write_plain(f"if ({register} == {value}) {{ {' '.join(body)} }}")


def _register(writer: Writer) -> str:
    return writer.rng.choice([name for name in ("c", "d") if name in writer.cregs])


def _bit(writer: Writer) -> str:
    name = _register(writer)
    return f"{name}[{writer.rng.randrange(writer.cregs[name])}]"


def _if_bit(writer: Writer) -> None:
    bit, body = _bit(writer), " ".join(_gates(writer))
    form = writer.rng.choice(("{}", "{} == 1", "{} == true", "true == {}", "{} != 0", "{} != false"))
    writer.write(f"if ({form.format(bit)}) {{ {body} }}", f"if ({bit}) {{ {body} }}")


def _if_not(writer: Writer) -> None:
    bit, body = _bit(writer), " ".join(_gates(writer))
    form = writer.rng.choice(("!{}", "{} == 0", "{} == false", "!({} == 1)"))
    writer.write(f"if ({form.format(bit)}) {{ {body} }}", f"if (!{bit}) {{ {body} }}")


def _if_else(writer: Writer) -> None:
    bit, one, two = _bit(writer), " ".join(_gates(writer)), " ".join(_gates(writer))
    writer.both(f"if ({bit}) {{ {one} }} else {{ {two} }}")


def _if_register(writer: Writer) -> None:
    name = _register(writer)
    value = writer.rng.randrange(2 ** writer.cregs[name])
    _guard(writer, f"{name} == {value}", lambda bits: bits == value, name)


def _if_string(writer: Writer) -> None:
    name = _register(writer)
    size = writer.cregs[name]
    value = writer.rng.randrange(2**size)
    _guard(writer, f'{name} == "{value:0{size}b}"', lambda bits: bits == value, name)


def _if_comparison(writer: Writer) -> None:
    name = _register(writer)
    value = writer.rng.randrange(2 ** writer.cregs[name])
    sign, holds = writer.rng.choice(
        (
            ("<", lambda bits: bits < value),
            (">=", lambda bits: bits >= value),
            ("!=", lambda bits: bits != value),
            ("<=", lambda bits: bits <= value),
            (">", lambda bits: bits > value),
        )
    )
    _guard(writer, f"{name} {sign} {value}" if sign == "!=" else f"uint({name}) {sign} {value}", holds, name)


def _if_logic(writer: Writer) -> None:
    name = _register(writer)
    last = writer.cregs[name] - 1
    sign, holds = writer.rng.choice(
        (
            ("&&", lambda one, two: one and two),
            ("||", lambda one, two: one or two),
            ("^", lambda one, two: one != two),
            ("&", lambda one, two: one and two),
            ("|", lambda one, two: one or two),
            ("==", lambda one, two: one == two),
        )
    )
    _guard(writer, f"{name}[0] {sign} {name}[{last}]", lambda bits: bool(holds(bits & 1, (bits >> last) & 1)), name)


def _if_cast(writer: Writer) -> None:
    name = _register(writer)
    size = writer.cregs[name]
    value = writer.rng.randrange(2**size)
    text, holds = writer.rng.choice(
        (
            (f"int[8]({name}) == {value}", lambda bits: bits == value),
            (f"uint[{size}]({name}) + 1 == {value + 1}", lambda bits: bits == value),
            (f"bool({name}[0])", lambda bits: bits & 1 == 1),
            (f"bool({name})", lambda bits: bits != 0),
            (f"int[8]({name}) % 2 == 1", lambda bits: bits % 2 == 1),
        )
    )
    _guard(writer, text, holds, name)


def _if_index(writer: Writer) -> None:
    name = _register(writer)
    last = writer.cregs[name] - 1
    _guard(writer, f"{name}[-1]", lambda bits: bool((bits >> last) & 1), name)


def _if_nested(writer: Writer) -> None:
    one, two, body, other = _bit(writer), _bit(writer), " ".join(_gates(writer)), " ".join(_gates(writer))
    text = f"if ({one}) {{{{\n  if ({{}}) {{{{ {body} }}}} else {{{{ {other} }}}}\n  {writer.gate()}\n}}}}"
    writer.write(text.format(f"{two} == 0"), text.format(f"!{two}"))


def _else_if(writer: Writer) -> None:
    one, two = _bit(writer), _bit(writer)
    first, second, third = (" ".join(_gates(writer)) for _ in range(3))
    writer.write(
        f"if ({one}) {{ {first} }} else if ({two}) {{ {second} }} else {{ {third} }}",
        f"if ({one}) {{ {first} }} else {{ if ({two}) {{ {second} }} else {{ {third} }} }}",
    )


def _if_broadcast(writer: Writer) -> None:
    bit = _bit(writer)
    body = writer.gate([writer.rng.choice(list(writer.qregs))])
    writer.write(f"if ({bit} == 1) {{ {body} }}", f"if ({bit}) {{ {body} }}")


def _while_measure(writer: Writer) -> None:
    bit, qubit = _bit(writer), writer.rng.choice(writer.qubits())
    writer.both(f"while ({bit}) {{ reset {qubit}; U(0.8, 0, 0) {qubit}; {bit} = measure {qubit}; }}")


def _while_counter(writer: Writer) -> None:
    line, rounds = writer.gate(), writer.rng.randint(1, 4)
    step = writer.rng.choice(("i += 1;", "i = i + 1;"))
    writer.write(f"int[32] i = 0;\nwhile (i < {rounds}) {{ {line} {step} }}", *([line] * rounds))


def _switch(writer: Writer) -> None:
    name = _register(writer)
    bodies = [" ".join(_gates(writer)) for _ in range(3)]
    default = f"default {{ {bodies[2]} }}" if writer.rng.random() < 0.6 else ""
    writer.write(
        f"switch (uint({name})) {{\n  case 0 {{ {bodies[0]} }}\n  case 1, 2 {{ {bodies[1]} }}\n  {default}\n}}"
    )
    for value in range(2 ** writer.cregs[name]):
        body = bodies[0] if value == 0 else bodies[1] if value in (1, 2) else bodies[2] if default else ""
        if body:
            writer.write_plain(f"if ({name} == {value}) {{ {body} }}")


def _break(writer: Writer) -> None:
    bit, qubit, line = _bit(writer), writer.rng.choice(writer.qubits()), writer.gate()
    writer.both(
        f"for int i in {{0, 1, 2}} {{ U(1.1, 0, 0) {qubit}; {bit} = measure {qubit}; if ({bit}) {{ break; }} {line} }}"
    )


def _continue(writer: Writer) -> None:
    bit, qubit, line = _bit(writer), writer.rng.choice(writer.qubits()), writer.gate()
    writer.both(
        f"for int i in {{0, 1}} {{ U(0.9, 0, 0) {qubit}; {bit} = measure {qubit}; if ({bit}) {{ continue; }} {line} }}"
    )


def _set(writer: Writer, target: str, register: str, value: Callable[[int], int]) -> None:
    """Plain text for a bit that gets a value which depends on a register: by way of a qubit of its own."""
    qubit = f"w{len(writer.plain_lines)}"
    # Declared at the front: a reader may want qubits before anything else.
    writer.plain_head.append(f"qubit {qubit};")
    for index in range(2 ** writer.cregs[register]):
        if value(index):
            writer.plain_lines.append(f"if ({register} == {index}) {{ U(pi, 0, pi) {qubit}; }}")
    writer.plain_lines.append(f"{target} = measure {qubit};")


def _bit_assignment(writer: Writer) -> None:
    target, name = _bit(writer), _register(writer)
    value = writer.rng.randrange(2)
    if writer.rng.random() < 0.5:
        writer.write(f"{target} = {value};" if writer.rng.random() < 0.5 else f"{target} = {str(bool(value)).lower()};")
        _set(writer, target, name, lambda _: value)
    else:
        writer.write(f"{target} = {name}[0];")
        _set(writer, target, name, lambda bits: bits & 1)


def _bit_expression(writer: Writer) -> None:
    target, name = _bit(writer), _register(writer)
    last = writer.cregs[name] - 1
    text, value = writer.rng.choice(
        (
            (f"{name}[0] ^ {name}[{last}]", lambda bits: (bits ^ (bits >> last)) & 1),
            (f"{name}[0] & {name}[{last}]", lambda bits: bits & (bits >> last) & 1),
            (f"{name}[0] | {name}[{last}]", lambda bits: (bits | (bits >> last)) & 1),
            (f"!{name}[0]", lambda bits: 1 - (bits & 1)),
            (f"~{name}[{last}]", lambda bits: 1 - ((bits >> last) & 1)),
        )
    )
    writer.write(f"{target} = {text};")
    _set(writer, target, name, value)


def _integer_variable(writer: Writer) -> None:
    name = _register(writer)
    value, factor = writer.rng.randrange(2 ** writer.cregs[name]), writer.rng.randint(2, 4)
    writer.write(f"int[32] total = {name};\ntotal *= {factor};\ntotal = total + 1;")
    _guard(writer, f"total == {value * factor + 1}", lambda bits: bits == value, name)


def _bool_variable(writer: Writer) -> None:
    name = _register(writer)
    writer.write(f"bool flag = bool({name}[0]);\nflag = !flag;")
    _guard(writer, "flag", lambda bits: bits & 1 == 0, name)


def _measure_again(writer: Writer) -> None:
    bit, qubit = _bit(writer), writer.rng.choice(writer.qubits())
    writer.both(f"{bit} = measure {qubit};")
    writer.both(writer.gate())
    writer.both(f"{bit} = measure {qubit};")


def _reset_middle(writer: Writer) -> None:
    writer.both(f"reset {writer.rng.choice([*writer.qubits(), *writer.qregs])};")


_WRITERS: dict[str, Callable[[Writer], None]] = {
    "if-bit": _if_bit,
    "if-not": _if_not,
    "if-else": _if_else,
    "if-register": _if_register,
    "if-string": _if_string,
    "if-comparison": _if_comparison,
    "if-logic": _if_logic,
    "if-cast": _if_cast,
    "if-index": _if_index,
    "if-nested": _if_nested,
    "else-if": _else_if,
    "if-broadcast": _if_broadcast,
    "while-measure": _while_measure,
    "while-counter": _while_counter,
    "switch": _switch,
    "break": _break,
    "continue": _continue,
    "bit-assignment": _bit_assignment,
    "bit-expression": _bit_expression,
    "integer-variable": _integer_variable,
    "bool-variable": _bool_variable,
    "measure-again": _measure_again,
    "reset-middle": _reset_middle,
}
