"""Programs that ask for too much end in an error that names the limit, before the work is done."""

from __future__ import annotations

import tracemalloc

import pytest

from anyqpu import Program
from anyqpu import ProgramFormat as F
from anyqpu.errors import ValidationError
from anyqpu_programs import Limits, convert

V2 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n'
V3 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'
DOUBLING = "gate g0 a { h a; }\n" + "".join(f"gate g{n + 1} a {{ g{n} a; g{n} a; }}\n" for n in range(45))
LOOPS = "".join(f"for int i{n} in [0:9999] {{ " for n in range(6)) + "x q; " + "}" * 6

TOO_LARGE = {
    "qubits": (V2 + "qreg q[1000000000];", "line 3: it has 1,000,000,000 qubits, and the limit is 10,000"),
    "bits": (V3 + "bit[1000000000] c;", "line 3: it has 1,000,000,000 classical bits, and the limit is 10,000"),
    "power": (V3 + "gate g a, b { cx a, b; h a; }\nqubit[2] q;\npow(1000000000) @ g q[0], q[1];",
              "line 5: a power comes to 2,000,000,000 gates"),
    "controls": (V3 + "qubit q;\nctrl(1000000000) @ x q;", "line 4: a gate has 1,000,000,000 controls"),
    "loops": (V3 + "qubit q;\n" + LOOPS, "line 4: it (has|takes) more than 1,000"),
    "endless": (V3 + "while (true) {}", "line 3: it takes more than 1,000 steps"),
    "doubling": (V2 + DOUBLING + "qreg q[1];\ng45 q[0];", "it takes more than 1,000 steps"),
    "resets": (V3 + "qubit[100] q;\nfor int i in [0:99] { reset q; }", "line 4: it has more than 1,000 gates"),
    "barriers": (V3 + "qubit[100] q;\nfor int i in [0:99] { barrier q; }", "line 4: it has more than 1,000 gates"),
    "range": (V3 + "for int i in [0:1000000000] {}", "line 3: a range has 1,000,000,001 numbers"),
    "array": (V3 + "array[int[8], 100000, 100000] a;", "line 3: it has 100,000 elements"),
    "brackets": (V3 + "qubit q;\nrx(" + "(" * 100_000 + "1" + ")" * 100_000 + ") q;",
                 "line 4: brackets and blocks are nested more than 64 deep"),
    "powers": (V3 + "qubit q;\nrx(" + "pow(" * 20_000 + "1" + ",1)" * 20_000 + ") q;",
               "line 4: brackets and blocks are nested more than 64 deep"),
    "blocks": (V3 + "{" * 100_000 + "}" * 100_000, "line 3: brackets and blocks are nested more than 64 deep"),
    "signs": (V3 + "qubit q;\nrx(" + "-" * 3000 + "1) q;", "line 4: expressions or blocks are nested too deeply"),
    "sum": (V3 + "qubit q;\nrx(" + "+".join(["1"] * 3000) + ") q;", "line 4: expressions, blocks or calls are nested"),
    "integer": (V3 + "const int n = 2 ** 1000000000;", "line 3: an integer has more than 4,096 bits"),
    "shift": (V3 + "const int n = 1 << 1000000000;", "line 3: a shift is by more than 4,096 places"),
    "width": (V3 + "int[1000000000] n = 1;", "line 3: a type has 1000000000 bits"),
    "recursion": (V3 + "def f(int n) -> int { return f(n + 1); }\nint x = f(0);", "definitions are nested more than"),
    "text": (V3 + "// " + "x" * 2_000_000, "it has 2,000,041 characters"),
}  # fmt: skip


@pytest.mark.parametrize("name", TOO_LARGE)
def test_the_limit_is_named_and_memory_stays_small(name: str) -> None:
    text, reason = TOO_LARGE[name]
    source, target = (F.OPENQASM2, F.OPENQASM3) if text.startswith("OPENQASM 2") else (F.OPENQASM3, F.OPENQASM2)
    tracemalloc.start()
    try:
        with pytest.raises(ValidationError, match=f"too large to convert: .*{reason}"):
            convert(Program(text, source), target, limits=Limits(gates=1000, steps=1000, characters=1_000_000))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 50e6


@pytest.mark.parametrize("digits", [400, 1_000_000])
@pytest.mark.parametrize("head", [V2 + "qreg q[", V3 + "qubit["], ids=["2", "3"])
def test_a_number_of_many_digits_is_refused_without_python_s_words(head: str, digits: int) -> None:
    text = f"{head}{'9' * digits}]{';' if head.startswith(V2) else ' q;'}"
    with pytest.raises(ValidationError, match=r"line 3: a number has too many digits$"):
        convert(Program(text, F.OPENQASM2 if head.startswith(V2) else F.OPENQASM3), F.IONQ_JSON)


def test_a_deadline_stops_the_work() -> None:
    with pytest.raises(ValidationError, match="it takes more than 0 seconds to expand"):
        convert(Program(V3 + "while (true) {}", F.OPENQASM3), F.OPENQASM2, limits=Limits(seconds=0))


def test_a_caller_that_has_given_up_stops_the_work() -> None:
    with pytest.raises(ValidationError, match="cancelled"):
        convert(Program(V3 + "while (true) {}", F.OPENQASM3), F.OPENQASM2, stopped=lambda: True)


def test_a_long_program_is_read_piece_by_piece() -> None:
    """Twenty thousand gates take less memory than their syntax tree would."""
    body = "".join(f"rx(pi/{1 + n % 7}) q[{n % 5}];\ncx q[{n % 5}],q[{(n + 1) % 5}];\n" for n in range(10_000))
    tracemalloc.start()
    result = convert(Program(f"{V2}qreg q[5];\ncreg c[5];\n{body}measure q -> c;\n", F.OPENQASM2), F.OPENQASM3)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert result.text.count(";") == 20_000 + 5 + 4
    assert peak < 30e6


@pytest.mark.parametrize("piece", ["/*", "if(", "gate a ", "gate a(", "input a[", '"', "q[0],"])
@pytest.mark.parametrize("head", [V2, V3], ids=["2", "3"])
def test_a_piece_repeated_thousands_of_times_is_searched_once(head: str, piece: str) -> None:
    """Searching on from each piece to the end of the text would take minutes."""
    source = F.OPENQASM2 if head is V2 else F.OPENQASM3
    with pytest.raises(ValidationError):
        convert(Program(head + piece * 50_000, source), F.IONQ_JSON)
