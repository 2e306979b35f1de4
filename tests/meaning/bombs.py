"""Programs made to exhaust time or memory, and large ones that have to work."""

from __future__ import annotations

import random


def large(gates: int, qubits: int = 16) -> str:
    """OpenQASM 2 with so many gates, as circuits are exported."""
    rng = random.Random(gates)
    lines = ["OPENQASM 2.0;", 'include "qelib1.inc";', f"qreg q[{qubits}];", f"creg c[{qubits}];"]
    for _ in range(gates):
        one, two = rng.sample(range(qubits), 2)
        lines.append(
            rng.choice(
                (
                    f"h q[{one}];",
                    f"rz({rng.uniform(-3, 3):.6f}) q[{one}];",
                    f"u3(pi/{rng.randint(2, 9)},0.5,-pi/4) q[{one}];",
                    f"cx q[{one}],q[{two}];",
                    f"cu1(pi/4) q[{one}],q[{two}];",
                )
            )
        )
    return "\n".join([*lines, "measure q -> c;"]) + "\n"


_HEAD2 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n'
_HEAD3 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'
_Q2 = _HEAD2 + "qreg q[2];\ncreg c[2];\n"
_Q3 = _HEAD3 + "qubit[2] q;\nbit[2] c;\n"


def _doubling(depth: int) -> str:
    gates = ["gate g0 a { x a; x a; }"]
    gates += [f"gate g{level} a {{ g{level - 1} a; g{level - 1} a; }}" for level in range(1, depth)]
    return _HEAD2 + "\n".join(gates) + f"\nqreg q[1];\ncreg c[1];\ng{depth - 1} q[0];\nmeasure q -> c;\n"


def _nested_loops(depth: int, size: int, body: str) -> str:
    head = " ".join(f"for int i{level} in [1:{size}] {{" for level in range(depth))
    return _Q3 + head + f" {body} " + "}" * depth + "\nc = measure q;\n"


BOMBS: dict[str, str] = {
    "a billion qubits": _HEAD2 + "qreg q[1000000000];\ncreg c[1];\nmeasure q[0] -> c[0];\n",
    "a billion qubits, a gate on all": _HEAD2 + "qreg q[1000000000];\nh q;\n",
    "a billion bits": _HEAD2 + "qreg q[1];\ncreg c[1000000000];\nmeasure q[0] -> c[0];\n",
    "a billion qubits of OpenQASM 3": _HEAD3 + "qubit[1000000000] q;\nbit c;\nc = measure q[0];\n",
    "more qubits than digits": _HEAD2 + f"qreg q[{'9' * 400}];\n",
    "registers of 30 million qubits together": _HEAD3 + "".join(f"qubit[1000000] q{i};\n" for i in range(30)),
    "a billionth power": _Q3 + "pow(1000000000) @ x q[0];\nc = measure q;\n",
    "a power of 2**1000000000": _Q3 + "pow(2**1000000000) @ x q[0];\nc = measure q;\n",
    "a billion controls": _Q3 + "ctrl(1000000000) @ x q[0], q[1];\nc = measure q;\n",
    "nested powers": _Q3 + "pow(1000) @ " * 8 + "x q[0];\nc = measure q;\n",
    "2**1000000000": _Q3 + "const int n = 2**1000000000;\nrx(n) q[0];\nc = measure q;\n",
    "9**9**9**9": _Q3 + "const int n = 9**9**9**9;\nrx(n) q[0];\nc = measure q;\n",
    "1 << 10000000000": _Q3 + "const int n = 1 << 10000000000;\nrx(n) q[0];\nc = measure q;\n",
    "2^1000000000 in OpenQASM 2": _Q2 + "rx(2^1000000000) q[0];\nmeasure q -> c;\n",
    "a loop of a billion": _nested_loops(1, 1_000_000_000, "x q[0];"),
    "a billion empty rounds": _nested_loops(1, 1_000_000_000, ""),
    "five nested loops of a thousand": _nested_loops(5, 1000, "x q[0];"),
    "30 doubling gates": _doubling(30),
    "60 doubling gates": _doubling(60),
    "a while without end": _Q3 + "int i = 0;\nwhile (i < 1) { x q[0]; }\nc = measure q;\n",
    "a while on a bit that stays 1": _Q3 + "x q[0];\nc[0] = measure q[0];\nwhile (c[0]) { x q[1]; }\nc = measure q;\n",
    "a subroutine that calls itself": _Q3 + "def f(qubit a) { f(a); }\nf(q[0]);\nc = measure q;\n",
    "10,000 brackets": _Q2 + "rx(" + "(" * 10_000 + "1" + ")" * 10_000 + ") q[0];\nmeasure q -> c;\n",
    "100,000 minus signs": _Q2 + "rx(" + "-" * 100_000 + "1) q[0];\nmeasure q -> c;\n",
    "10,000 nested blocks": _Q3 + "if (c[0]) {" * 10_000 + "}" * 10_000 + "\nc = measure q;\n",
    "a sum of 100,000 terms": _Q2 + "rx(" + "1+" * 100_000 + "1) q[0];\nmeasure q -> c;\n",
    "a number of a million digits": _Q2 + f"rx({'7' * 1_000_000}) q[0];\nmeasure q -> c;\n",
    "1,000 nested gates": _HEAD2
    + "gate g0 a { x a; }\n"
    + "".join(f"gate g{i} a {{ g{i - 1} a; }}\n" for i in range(1, 1000))
    + "qreg q[1];\ncreg c[1];\ng999 q[0];\nmeasure q -> c;\n",
    "broadcasts that multiply": _HEAD3
    + "qubit[1000] q;\n"
    + "for int i in [0:99999] { x q; }\n"
    + "bit c;\nc = measure q[0];\n",
    "an alias that doubles": _HEAD3
    + "qubit[2] a0;\nqubit[2] b;\n"
    + "".join(f"let a{i + 1} = a{i} ++ a{i};\n" for i in range(40))
    + "x a40;\n",
    "100,000 modifiers": _Q3 + "inv @ " * 100_000 + "x q[0];\nc = measure q;\n",
    "100,000 registers": _HEAD2 + "".join(f"creg c{i}[1];\n" for i in range(100_000)) + "qreg q[1];\n",
    "a name of a million letters": _HEAD2 + f"qreg {'q' * 1_000_000}[1];\ncreg c[1];\n",
    "a comment of ten million letters": "// " + "x" * 10_000_000 + "\n" + _Q2 + "measure q -> c;\n",
    "a comment that never ends": _Q2 + "/* " + "x * " * 1_000_000,
    "nothing but brackets": "OPENQASM 3.0;\n" + "[" * 100_000,
    "a million statements": _Q2 + "x q[0];\n" * 1_000_000 + "measure q -> c;\n",
    "a barrier on 5,000 qubits, 5,000 times": _HEAD2 + "qreg q[5000];\ncreg c[1];\n" + "barrier q;\n" * 5000,
    "a gate of 5,000 angles": _HEAD2
    + f"gate g({','.join(f'a{i}' for i in range(5000))}) q {{ rx({'+'.join(f'a{i}' for i in range(5000))}) q; }}\n"
    + f"qreg q[1];\ncreg c[1];\ng({','.join('1' * 5000)}) q[0];\nmeasure q -> c;\n",
    "30 qubits in superposition": _HEAD2 + "qreg q[30];\ncreg c[30];\nh q;\nt q;\nh q;\nmeasure q -> c;\n",
    "40 measurements in the middle": _HEAD2
    + "qreg q[2];\ncreg c[40];\n"
    + "".join(f"h q[0];\nmeasure q[0] -> c[{i}];\n" for i in range(40)),
    "a step of zero": _Q3 + "for int i in [0:0:10] { x q[0]; }\nc = measure q;\n",
    "an array of a billion": _Q3 + "array[int[32], 1000000000] a;\nc = measure q;\n",
    "an integer of a billion bits": _Q3 + "int[1000000000] n = 1;\nc = measure q;\n",
}
