"""Programs that break a rule of their language. Every route has to refuse them, with the line.

Each entry: name, the statements after the usual head, and how many lines below the head the rule is broken. Rules are
those of arXiv:1707.03429 for OpenQASM 2 and of the OpenQASM 3.1 specification. What some readers refuse though the
meaning is plain is left out: registers of size 0, names in capitals, a register with a gate's name.
"""

from __future__ import annotations

from tests.meaning.cases import Case, Language

_HEAD2 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\nqreg r[3];\ncreg c[2];\n'
_HEAD3 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nqubit[3] r;\nbit[2] c;\n'
_END2, _END3 = "measure q -> c;\n", "c = measure q;\n"

# One statement each, on the line after the head.
_STATEMENTS2 = {
    "too-many-qubits": "x q[0],q[1];",
    "qubit-and-its-register": "cx q[1],q;",
    "same-qubit-twice": "cx q[0],q[0];",
    "same-register-twice": "cx q,q;",
    "sizes-differ": "cx q,r;",
    "one-register-for-two": "cx q;",
    "no-qubit": "h;",
    "index-too-large": "h q[2];",
    "negative-index": "h q[-1];",
    "unknown-register": "h nothing[0];",
    "unknown-gate": "nothing q[0];",
    "bit-as-qubit": "h c[0];",
    "angle-missing": "rx q[0];",
    "angle-too-many": "rx(1,2) q[0];",
    "angle-not-wanted": "h(1) q[0];",
    "unknown-name-in-angle": "rx(theta) q[0];",
    "unknown-function": "rx(arcsin(1)) q[0];",
    "power-of-openqasm-3": "rx(2**2) q[0];",
    "modifier-of-openqasm-3": "ctrl @ x q[0],q[1];",
    "declaration-of-openqasm-3": "qubit[3] s;",
    "bits-of-openqasm-3": "bit[2] s;",
    "assignment-of-openqasm-3": "c = measure q;",
    "loop-of-openqasm-3": "for int i in [0:1] { x q[i]; }",
    "alias-of-openqasm-3": "let a = q;",
    "block-after-if": "if(c==1) { x q[0]; }",
    "condition-on-a-bit": "if(c[0]==1) x q[0];",
    "condition-on-qubits": "if(q==1) x q[0];",
    "condition-on-unknown": "if(nothing==1) x q[0];",
    "condition-less-than": "if(c<1) x q[0];",
    "measure-sizes-differ": "measure r -> c;",
    "measure-register-to-bit": "measure q -> c[0];",
    "measure-into-qubits": "measure q -> r;",
    "measure-a-bit": "measure c[0] -> c[1];",
    "measure-bit-out-of-range": "measure q[0] -> c[5];",
    "reset-a-bit": "reset c[0];",
    "barrier-on-a-bit": "barrier c;",
    "declared-twice": "qreg q[2];",
    "name-is-a-keyword": "qreg measure[2];",
    "size-missing": "qreg s;",
    "size-not-whole": "qreg s[1.5];",
    "gate-without-qubits": "gate g { }",
    "gate-with-index": "gate g a { x a[0]; }",
    "gate-uses-register": "gate g a { x q[0]; }",
    "gate-measures": "gate g a { measure a -> c; }",
    "gate-resets": "gate g a { reset a; }",
    "gate-defined-twice": "gate g a { x a; } gate g a { y a; }",
    "gate-calls-itself": "gate g a { g a; }",
    "gate-calls-later": "gate g a { later a; } gate later a { x a; }",
    "gate-qubit-twice": "gate g a,a { x a; }",
    "gate-unknown-angle": "gate g(t) a { rx(u) a; }",
    "opaque-used": "opaque magic a; magic q[0];",
    "unknown-include": 'include "nothing.inc";',
    "missing-semicolon": "x q[0]",
    "missing-bracket": "rx(1 q[0];",
    "missing-angle-part": "rx(1+) q[0];",
    "unknown-character": "x q[0]; ~",
    "not-a-statement": "this is not a program;",
    "end-of-string": 'include "qelib1.inc;',
}
_STATEMENTS3 = {
    "too-many-qubits": "x q[0], q[1];",
    "qubit-and-its-register": "cx q[1], q;",
    "same-qubit-twice": "cx q[0], q[0];",
    "sizes-differ": "cx q, r;",
    "one-register-for-two": "cx q;",
    "index-too-large": "h q[2];",
    "negative-index-too-large": "h q[-3];",
    "unknown-register": "h nothing[0];",
    "unknown-gate": "nothing q[0];",
    "unknown-include": 'include "nothing.inc";',
    "bit-as-qubit": "h c[0];",
    "angle-missing": "rx q[0];",
    "angle-too-many": "rx(1, 2) q[0];",
    "unknown-name-in-angle": "rx(theta) q[0];",
    "declared-twice": "bit[2] c;",
    "size-zero": "qubit[0] s;",
    "size-negative": "qubit[-1] s;",
    "measure-sizes-differ": "c = measure r;",
    "measure-into-qubits": "q = measure r;",
    "assign-to-constant": "const int n = 1; n = 2;",
    "constant-without-value": "const int n;",
    "constant-from-a-bit": "const int n = c[0];",
    "unknown-variable": "n = 2;",
    "break-outside": "break;",
    "continue-outside": "continue;",
    "return-outside": "return 1;",
    "control-is-the-target": "ctrl @ x q[0], q[0];",
    "too-few-for-controls": "ctrl(2) @ x q[0], q[1];",
    "controls-not-positive": "ctrl(0) @ x q[0], q[1];",
    "gate-in-a-block": "if (c[0]) { gate g a { x a; } }",
    "gate-measures": "gate g a { measure a; }",
    "gate-calls-itself": "gate g a { g a; }",
    "gate-with-index": "gate g a { x a[0]; }",
    "qubits-in-a-block": "if (c[0]) { qubit s; x s; }",
    "def-too-few-arguments": "def f(qubit a, qubit b) { cx a, b; } f(q[0]);",
    "def-unknown": "f(q[0]);",
    "step-zero": "for int i in [0:0:1] { x q[i]; }",
    "loop-out-of-range": "for int i in [0:2] { x q[i]; }",
    "alias-of-bits-and-qubits": "let a = q ++ c;",
    "alias-twice-the-same": "let a = q ++ q; cx a[0], a[2];",
    "division-by-zero": "const int n = 1/0;",
    "string-too-long": 'bit[2] s = "101";',
    "string-too-short": 'bit[2] s = "1";',
    "missing-semicolon": "x q[0]",
    "missing-bracket": "rx(1 q[0];",
    "not-a-statement": "this is not a program;",
    "unknown-character": "x q[0]; ?",
    "physical-and-declared": "x $9; x q[7];",
}
# Whole texts, with the line.
_TEXTS: dict[str, tuple[Language, str, int | None]] = {
    "2-no-include": ("openqasm2", "OPENQASM 2.0;\nqreg q[1];\ncreg c[1];\nx q;\nmeasure q -> c;\n", 4),
    "2-include-later": ("openqasm2", 'OPENQASM 2.0;\nqreg q[1];\ncreg c[1];\nh q[0];\ninclude "qelib1.inc";\n', 4),
    "2-use-before-declaration": (
        "openqasm2",
        'OPENQASM 2.0;\ninclude "qelib1.inc";\nh q[0];\nqreg q[1];\ncreg c[1];\nmeasure q -> c;\n',
        3,
    ),
    "2-stdgates": ("openqasm2", 'OPENQASM 2.0;\ninclude "stdgates.inc";\nqreg q[1];\ncreg c[1];\nx q;\n', 2),
    "2-no-semicolon-after-version": ("openqasm2", 'OPENQASM 2.0\ninclude "qelib1.inc";\nqreg q[1];\nx q[0];\n', 1),
    "3-no-include": ("openqasm3", "OPENQASM 3.0;\nqubit[1] q;\nbit[1] c;\nx q[0];\nc = measure q;\n", 4),
    "3-no-include-rx": ("openqasm3", "OPENQASM 3.0;\nqubit q;\nbit c;\n\nrx(0.5) q;\nc = measure q;\n", 5),
    "3-unknown-header": (
        "openqasm3",
        'OPENQASM 3.0;\ninclude "qelib.inc";\nqubit[1] q;\nbit[1] c;\nc = measure q;\n',
        2,
    ),
    "3-unclosed-block": (
        "openqasm3",
        'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit q;\nbit c;\nif (c) {\n  x q;\nc = measure q;\n',
        5,
    ),
    "3-unclosed-comment": ("openqasm3", "OPENQASM 3.0;\nqubit q;\nbit c;\n/* never closed\nc = measure q;\n", 4),
    "version-1": ("openqasm2", "OPENQASM 1.0;\nqreg q[1];\n", None),
    "version-4": ("openqasm3", "OPENQASM 4.0;\nqubit q;\n", None),
    "version-2.7": ("openqasm2", 'OPENQASM 2.7;\ninclude "qelib1.inc";\nqreg q[1];\ncreg c[1];\nmeasure q->c;\n', None),
}


def programs() -> list[Case]:
    """All of them."""
    cases: list[Case] = []
    kinds: tuple[tuple[Language, str, str, dict[str, str]], ...] = (
        ("openqasm2", _HEAD2, _END2, _STATEMENTS2),
        ("openqasm3", _HEAD3, _END3, _STATEMENTS3),
    )
    for language, head, end, statements in kinds:
        line = head.count("\n") + 1
        for name, statement in statements.items():
            text = head + statement + "\n" + end
            cases.append(_case(f"invalid{language[-1]}-{name}", language, text, line))
    cases += [_case(f"invalid-{name}", language, text, line) for name, (language, text, line) in _TEXTS.items()]
    return cases


def _case(name: str, language: Language, text: str, line: int | None) -> Case:
    return Case(name, language, text, "invalid", ("invalid",), line=line)
