"""Gates in random programs of OpenQASM 3: broadcasts, modifiers, definitions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.meaning.random3 import Writer

GATES: dict[str, Callable[[Writer], None]] = {}


def _construct(name: str) -> Callable[[Callable[[Writer], None]], Callable[[Writer], None]]:
    """Add a function that writes a construct."""

    def add(write: Callable[[Writer], None]) -> Callable[[Writer], None]:
        GATES[name] = write
        return write

    return add


@_construct("broadcast-1")
def _broadcast_1(writer: Writer) -> None:
    writer.both(writer.gate([writer.rng.choice(list(writer.qregs))]))


@_construct("broadcast-2")
def _broadcast_2(writer: Writer) -> None:
    if writer.pairs():
        writer.both(writer.gate(list(writer.rng.choice(writer.pairs())), writer.user if writer.bare else None))


@_construct("broadcast-3")
def _broadcast_3(writer: Writer) -> None:
    names = list(writer.qregs)
    if len(names) == 3:
        writer.rng.shuffle(names)
        places = names if writer.rng.random() < 0.6 else [names[0], f"{names[1]}[1]", names[2]]
        writer.both(writer.gate(places))


@_construct("one-to-register")
def _one_to_register(writer: Writer) -> None:
    if len(writer.qregs) > 1:
        one, other = writer.rng.sample(list(writer.qregs), 2)
        places = [f"{one}[{writer.rng.randrange(writer.qregs[one])}]", other]
        writer.rng.shuffle(places)
        writer.both(writer.gate(places, writer.user if writer.bare else None))


def _define(writer: Writer) -> str:
    name = f"my_gate{len(writer.user)}"
    if name not in writer.user:
        inner = ["U(t, 0.3, -t/2.0) x;", "ctrl @ U(0.4, t, 0) y, x;", "inv @ U(0.2, t, 0.1) y;"]
        if not writer.bare:
            inner += ["rx(t) y;", "cx x, y;", "h x;", "crz(t*2.0) y, x;", "pow(2) @ s x;", "swap x, y;"]
        writer.rng.shuffle(inner)
        writer.both_head(f"gate {name}(t) x, y {{ {' '.join(inner[: writer.rng.randint(2, 4)])} }}")
        writer.user[name] = (1, 2)
    return name


@_construct("user-gate")
def _user_gate(writer: Writer) -> None:
    name = _define(writer)
    writer.both(writer.call(name, writer.user, writer.rng.sample(writer.qubits(), 2)))


@_construct("broadcast-user")
def _broadcast_user(writer: Writer) -> None:
    name = _define(writer)
    if writer.pairs():
        writer.both(writer.call(name, writer.user, list(writer.rng.choice(writer.pairs()))))


@_construct("ctrl")
def _ctrl(writer: Writer) -> None:
    _modified(writer, ("ctrl @ ", "ctrl(2) @ ", "ctrl @ ctrl @ ")[writer.seed % 3])


@_construct("negctrl")
def _negctrl(writer: Writer) -> None:
    _modified(writer, ("negctrl @ ", "negctrl(2) @ ", "ctrl @ negctrl @ ", "negctrl @ inv @ ")[writer.seed % 4])


@_construct("inv")
def _inv(writer: Writer) -> None:
    _modified(writer, "inv @ ")


@_construct("pow")
def _pow(writer: Writer) -> None:
    _modified(writer, ("pow(2) @ ", "pow(3) @ ", "pow(-1) @ ", "pow(0.5) @ ", "inv @ pow(2) @ ")[writer.seed % 5])


def _modified(writer: Writer, modifiers: str) -> None:
    controls = modifiers.count("ctrl") + modifiers.count("(2) @") * ("ctrl(2)" in modifiers)
    qubits = writer.qubits()
    room = len(qubits) - controls
    names = [name for name, (_, count) in writer.gates.items() if count <= min(room, 2)]
    if names:
        name = writer.rng.choice(names)
        places = writer.rng.sample(qubits, controls + writer.gates[name][1])
        writer.both(writer.call(name, writer.gates, places, modifiers))


@_construct("modifiers-user")
def _modifiers_user(writer: Writer) -> None:
    name = _define(writer)
    modifiers = writer.rng.choice(("inv @ ", "ctrl @ ", "pow(2) @ ", "negctrl @ ", "ctrl @ inv @ ", "inv @ ctrl @ "))
    if len(writer.qubits()) > 2:
        writer.both(
            writer.call(name, writer.user, writer.rng.sample(writer.qubits(), 2 + ("ctrl" in modifiers)), modifiers)
        )


@_construct("modifiers-broadcast")
def _modifiers_broadcast(writer: Writer) -> None:
    if writer.pairs():
        places = list(writer.rng.choice(writer.pairs()))
        writer.both(writer.call("U", writer.gates, places, writer.rng.choice(("ctrl @ ", "negctrl @ "))))


@_construct("gphase")
def _gphase(writer: Writer) -> None:
    one, two = writer.rng.sample(writer.qubits(), 2)
    writer.both(f"U(pi/2, 0, pi) {one};")
    writer.both("gphase(0.7);")
    writer.both(f"ctrl @ gphase({writer.angle()}) {one};")
    writer.both(f"ctrl @ ctrl @ gphase(pi/3.0) {one}, {two};")
    writer.both(f"U(pi/2, 0, pi) {one};")


@_construct("gphase-in-gate")
def _gphase_in_gate(writer: Writer) -> None:
    one, two = writer.rng.sample(writer.qubits(), 2)
    writer.both_head("gate phased(t) x { gphase(t); U(0.3, t, 0) x; }")
    writer.both(f"U(pi/2, 0, pi) {one};")
    writer.both(f"ctrl @ phased({writer.angle()}) {one}, {two};")
    writer.both(f"U(pi/2, 0, pi) {one};")


@_construct("barrier")
def _barrier(writer: Writer) -> None:
    writer.both(f"barrier {', '.join(writer.rng.sample(list(writer.qregs), 1))};")


@_construct("timing")
def _timing(writer: Writer) -> None:
    writer.both(f"delay[{writer.rng.choice(('100ns', '2us', '10dt'))}] {writer.rng.choice(writer.qubits())};")
    qubit = writer.rng.choice(writer.qubits())
    writer.write(f"box {{ U(0.4, 0.1, 0) {qubit}; }}", f"U(0.4, 0.1, 0) {qubit};")
