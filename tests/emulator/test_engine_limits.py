"""Programs that would take all memory or time: refused at once, with the limit and the value.

Each would fail this suite by its time limit, or by the memory that it takes, if it were expanded.
"""

from __future__ import annotations

import pytest

from anyqpu_emulator.engines import openqasm
from anyqpu_emulator.engines.errors import EngineError, InvalidProgramError, ProgramTooLargeError
from anyqpu_emulator.engines.qasm import limits

from .programs import V2, V3, only


def doubled(first: str, definition: str) -> str:
    return first + "".join(definition.format(name=f"g{i}", inner=f"g{i - 1}") for i in range(1, 41))


LARGE = {
    "qubits in OpenQASM 2": (f"{V2}qreg q[1000000000];", "1000000000 declared qubits are more than the limit of 10000"),
    "qubits": (f"{V3}qubit[10 ** 9] q;", "1000000000 declared qubits"),
    "qubits of many registers": (f"{V3}qubit[9000] q; qubit[9000] p;", "18000 declared qubits"),
    "bits": (f"{V3}bit[1000000000] c;", "more bits than the limit of 10000"),
    "a loop": (f"{V3}qubit q; for int i in [0:1000000000] {{ x q; }}", "1000000001 iterations, more than the limit of"),
    "a longer loop": (f"{V3}for int i in [-10 ** 18:10 ** 18] {{ }}", "iterations, more than the limit of"),
    "nested loops": (
        f"{V3}qubit q; for int i in [0:99999] {{ for int j in [0:99999] {{ x q; }} }}",
        "10000100000 iterations and calls or more",
    ),
    "a loop that never ends": (f"{V3}qubit q; while (true) {{ x q; }}", "more iterations than the limit of 20000"),
    "gates of gates": (
        doubled(f"{V2}gate g0 a {{ x a; }}", "gate {name} a {{ {inner} a; {inner} a; }}") + "qreg q[1]; g40 q;",
        "gates and other operations or more after it is expanded; the limit is 250000",
    ),
    "gates of gates with angles": (
        doubled(f"{V2}gate g0(t) a {{ }}", "gate {name}(t) a {{ {inner}(t/2) a; {inner}(t/3) a; }}")
        + "qreg q[1]; g40(1) q;",
        "the limit is 250000",
    ),
    "subroutines of subroutines": (
        doubled(f"{V3}def g0(qubit a) {{ x a; }}", "def {name}(qubit a) {{ {inner}(a); {inner}(a); }}")
        + "qubit q; g40(q);",
        "calls or more; the limit is 100000",
    ),
    "subroutines in expressions": (
        doubled(
            f"{V3}def g0(int a) -> int {{ return a; }}",
            "def {name}(int a) -> int {{ return {inner}(a) + {inner}(a); }}",
        )
        + "int n = g40(1);",
        "calls or more; the limit is 100000",
    ),
    "a subroutine that calls itself": (f"{V3}def f(qubit a) {{ f(a); }} qubit q; f(q);", "deeper than the limit of 64"),
    "a chain of gates": (
        f"{V2}gate g0 a {{ x a; }}"
        + "".join(f"gate g{i} a {{ g{i - 1} a; }}" for i in range(1, 500))
        + "qreg q[1]; g499 q;",
        "gates inside gates deeper than the limit of 64",
    ),
    "a power of a wide gate": (
        f"{V3}gate g a, b, c, d, e, f, i, j {{ h a; cx a, j; }} qubit[8] q; "
        "pow(1000000000) @ g q[0], q[1], q[2], q[3], q[4], q[5], q[6], q[7];",
        "pow(1e+09) of a gate of 2 operations",
    ),
    "brackets": (f"{V3}float a = {'(' * 100_000}1{')' * 100_000};", "nested deeper than the limit of 64"),
    "braces": (f"{V3}{'{' * 100_000}", "nested deeper than the limit of 64"),
    "indices": (f"{V3}int[8] a; bit b = a{'[0]' * 100_000};", "nested deeper than the limit of 64"),
    "signs": (f"{V3}float a = {'-' * 100_000}1;", "nested deeper than the limit of 64"),
    "signs in OpenQASM 2": (f"{V2}qreg q[1]; rx({'-' * 100_000}1) q;", "nested deeper than the limit of 64"),
    "powers": (f"{V2}qreg q[1]; rx({'2^' * 100_000}1) q;", "nested deeper than the limit of 64"),
    "else if": (f"{V3}bit c; if (c) {{ }} {'else if (c) { } ' * 100_000}", "nested deeper than the limit of 64"),
    "a power of an integer": (f"{V3}int a = 2 ** 1000000000;", "an integer of about 1000000001 bits"),
    "a shift": (f"{V3}int a = 1 << 1000000000;", "an integer of about 1000000001 bits"),
    "squares": (f"{V3}int i = 3; while (true) {{ i = i * i; }}", "bits is more than the limit of 1024"),
    "a long integer": (f"{V3}int a = {'9' * 100_000};", "a number of 100000 digits"),
    "a wide integer": (f"{V3}int[1000000000] a;", "more bits than the limit of 1024"),
    "an array": (f"{V3}array[int[8], 100000, 100000, 100000] a;", "more elements than the limit of 100000"),
    "many arrays": (
        V3 + "".join(f"array[int[8], 100000] a{i};" for i in range(20)),
        "arrays and aliases have more elements than the limit of 1000000",
    ),
    "aliases": (
        f"{V3}qubit[9000] q;" + "".join(f"let a{i} = q[0:8999];" for i in range(200)),
        "arrays and aliases have more elements than the limit of 1000000",
    ),
    "broadcasts": (f"{V3}qubit[10000] q; for int i in [0:1000] {{ h q; }}", "the limit is 250000"),
    "a long block": (
        f"{V3}qubit q; if (true) {{ {'x q;' * 400_000} }}",
        "more words and symbols than the limit of 1000000",
    ),
    "a long expression": (f"{V3}int a = {'1+' * 600_000}1;", "more words and symbols than the limit of 1000000"),
    "a long list": (f"{V2}qreg q[1]; barrier {'q,' * 600_000}q;", "more words and symbols than the limit of 1000000"),
    "a text": (V3 + " " * 8_000_001, "characters, more than the limit of 8000000"),
}


@pytest.mark.parametrize("name", LARGE)
def test_too_large(name: str) -> None:
    text, words = LARGE[name]
    with pytest.raises(ProgramTooLargeError) as caught:
        openqasm.parse(text)
    assert words in str(caught.value), str(caught.value)
    if name != "a text":
        assert str(caught.value).startswith("line 3, column"), str(caught.value)


def test_large_powers_of_a_gate_are_powers_of_its_matrix() -> None:
    """X to an even power is the identity; 10⁹ + 1 is odd."""
    for power, expected in ((1_000_000_000, "0"), (1_000_000_001, "1"), (-1_000_000_001, "1")):
        assert only(f"{V3}qubit q; bit c; pow({power}) @ x q; c = measure q;") == expected
    own = f"{V3}gate flip a, b {{ x a; x b; }} qubit[2] q; bit[2] c; pow(1000000001) @ flip q[0], q[1]; c = measure q;"
    assert only(own) == "11"


def test_long_chains_are_not_deep() -> None:
    assert only(f"{V3}bit c; int n = {'+'.join(['1'] * 20_001)}; if (n == 20001) {{ c = 1; }}") == "1"
    body = "x q;" * 1001
    assert only(f"{V3}qubit q; bit c; {body} c = measure q;") == "1"


@pytest.mark.parametrize(
    "text",
    [
        f"{V3}qubit[3] q; x q[{'[' * 50_000}",
        f"{V3}/*{'*' * 1_000_000}",
        f"{V3}{'1' * 300} {' ' * 100_000}x",
        f'{V3}include "{"a" * 100_000}',
        f"{V3}{'@' * 100_000}",
        f"{V3}qubit q; ctrl(1000000000) @ x q;",
        f"{V3}" + "ctrl @ " * 10_000 + "x q;",
        "\x00" * 1000,
        f"{V2}{chr(0x202E) * 10}",
        f"{V3}float a = 1e400;",
        f"{V3}float a = exp(exp(10.0));",
    ],
    ids=range(11),
)
def test_nothing_but_errors_of_the_engine(text: str) -> None:
    with pytest.raises(EngineError):
        openqasm.parse(text)


def test_time_is_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS", -1.0)
    with pytest.raises(ProgramTooLargeError, match="takes longer to expand than the limit of -1 seconds"):
        openqasm.parse(f"{V2}qreg q[1]; {'x q[0];' * 1000}")


def test_a_value_that_grows_while_the_circuit_runs() -> None:
    program = f"{V3}qubit q; bit c; int i = 3; while (c == 0) {{ i = i * i; c = measure q; }}"
    with pytest.raises(ProgramTooLargeError, match="bits is more than the limit of 1024"):
        only(program)
    with pytest.raises(InvalidProgramError, match="has no finite result"):
        only(program.replace("int i", "float i"))
