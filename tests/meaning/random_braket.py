"""Random programs of Braket's dialect of OpenQASM 3: no include, gate names of its own, one register of bits."""

from __future__ import annotations

import random

from tests.meaning.cases import Case
from tests.meaning.gate_tables import BRAKET

FEATURES = ("broadcast", "ctrl", "negctrl", "inv", "pow", "gphase", "unmeasured-qubits", "any-order", "expressions")


def program(seed: int) -> Case:
    """The program of a seed; all measure at the end only, as SV1 requires."""
    rng = random.Random(f"braket {seed}")
    size = rng.randint(2, 5)
    features = {FEATURES[seed % len(FEATURES)], *rng.sample(FEATURES, 2)}
    lines = [f"ry({0.5 + 0.37 * place:.2f}) q[{place}];" for place in range(size)]

    def call(name: str, modifiers: str = "", controls: int = 0) -> str:
        angles = [
            f"{rng.uniform(-3, 3):.3f}"
            if "expressions" not in features
            else rng.choice(("pi/2", "-pi/3", "0.3*2", "1.5"))
            for _ in range(BRAKET[name][0])
        ]
        places = rng.sample(range(size), controls + BRAKET[name][1])
        operands = ", ".join(f"q[{place}]" for place in places)
        return f"{modifiers}{name}{'(' + ', '.join(angles) + ')' if angles else ''} {operands};"

    fitting = [name for name, (_, count) in BRAKET.items() if count <= size]
    small = [name for name, (_, count) in BRAKET.items() if count == 1]
    # A dialect is known by its own names: at least one is there.
    lines.append(f"cnot q[0], q[{size - 1}];")
    lines += [call(rng.choice(fitting)) for _ in range(rng.randint(4, 10))]
    if "broadcast" in features:
        lines.append(f"{rng.choice(('h', 'v', 'si', 't', 'x'))} q;")
    if "gphase" in features:
        lines += ["gphase(0.4);", f"h q[0];\nctrl @ gphase({rng.uniform(0, 3):.3f}) q[0];\nh q[0];"]
    for word, modifiers in (("ctrl", "ctrl @ "), ("negctrl", "negctrl @ "), ("inv", "inv @ "), ("pow", "pow(2) @ ")):
        if word in features:
            lines.append(call(rng.choice(small), modifiers, int("ctrl" in word)))
    lines += [call(rng.choice(fitting)) for _ in range(3)]
    order = list(range(size))
    if "any-order" in features:
        rng.shuffle(order)
    kept = order[: size - 1] if "unmeasured-qubits" in features else order
    lines += [f"b[{bit}] = measure q[{place}];" for bit, place in enumerate(kept)]
    text = "\n".join(["OPENQASM 3.0;", f"bit[{len(kept)}] b;", f"qubit[{size}] q;", *lines]) + "\n"
    return Case(f"braket-{seed}", "braket_qasm3", text, "end", tuple(sorted(features)))
