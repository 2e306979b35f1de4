"""The example programs of the OpenQASM 3 specification, in our own words, with outcomes that can be checked by hand.

Names are those of the examples. The examples are older than the language that they are for; here they are written in
OpenQASM 3.0. Those that need calibrations, extern functions or numbers of durations are refused by name.
"""

from __future__ import annotations

import math

import pytest

from anyqpu_emulator.engines import openqasm
from anyqpu_emulator.engines.errors import UnsupportedProgramError
from anyqpu_emulator.engines.statevector import final_state

from .programs import V3, near, only, shares


@pytest.mark.parametrize(("first", "second"), [(1, 15), (5, 6), (0, 0), (9, 9)])
def test_adder(first: int, second: int) -> None:
    """A ripple-carry adder of four bits: the register and the carry hold the sum."""
    program = f"""{V3}
    gate majority a, b, c {{ cx c, b; cx c, a; ccx a, b, c; }}
    gate unmajority a, b, c {{ ccx a, b, c; cx c, a; cx a, b; }}
    qubit[1] carry_in; qubit[4] a; qubit[4] b; qubit[1] carry_out; bit[5] sum;
    uint[4] x_in = {first}; uint[4] y_in = {second};
    reset carry_in; reset a; reset b; reset carry_out;
    for uint i in [0:3] {{
        if (bool(x_in[i])) x a[i];
        if (bool(y_in[i])) x b[i];
    }}
    majority carry_in[0], b[0], a[0];
    for uint i in [0:2] {{ majority a[i], b[i + 1], a[i + 1]; }}
    cx a[3], carry_out[0];
    for uint i in [2:-1:0] {{ unmajority a[i], b[i + 1], a[i + 1]; }}
    unmajority carry_in[0], b[0], a[0];
    measure b[0:3] -> sum[0:3];
    measure carry_out[0] -> sum[4];"""
    assert only(program) == f"{first + second:05b}"


def test_alignment() -> None:
    """Stretches have no effect on outcomes: q[2] is turned by π/4 about y, up to phases."""
    program = f"""{V3} stretch g; qubit[3] q; bit c;
    barrier q; cx q[0], q[1]; delay[g] q[2]; U(pi/4, 0, pi/2) q[2]; delay[2 * g] q[2]; barrier q;
    c = measure q[2];"""
    one = math.sin(math.pi / 8) ** 2
    assert abs(shares(program)["1"] - one) < near(one)


def test_arrays() -> None:
    program = """OPENQASM 3.0;
    array[int[8], 16] small; array[float[64], 8, 4] real;
    array[uint[32], 4] counts = {5, 6, 7, 8};
    array[float[32], 4, 2] pairs = {{0.5, 0.5}, {1.0, 2.0}, {-0.5, 0.75}, {1.25, -2.5e-1}};
    array[float[32], 2] row = pairs[1];
    const uint[8] SIZE = 2;
    array[int[8], SIZE, SIZE] all = {{2 + 3, 4 - 1}, {3 + 8, 12 - 4}};
    uint[8] a = uint[8](counts[0]); float[32] b = pairs[2, 1];
    counts[1] = 5; pairs[3, 0] = -0.5; counts[a - 4] = a + 1; pairs[2] = row; pairs[0:1] = pairs[2:3];
    const uint[32] rows = sizeof(real); const uint[32] columns = sizeof(real, 1);
    def copied(readonly array[uint[32], #dim=1] given, mutable array[int[8], 16] changed) {
        for uint i in [0:sizeof(given) - 1] { changed[i] = int[8](given[i]); }
    }
    copied(counts, small);
    bit[8] c;
    if (b == 0.75 && pairs[0, 1] == 2.0 && pairs[1, 0] == -0.5 && all[1, 0] == 11 && rows == 8 && columns == 4) {
        c = bit[8](small[0] + small[1] * small[3]);
    }"""
    # 5 + 6 · 8
    assert only(program) == f"{53:08b}"


def test_cphase() -> None:
    """A controlled phase from phases and CX: diagonal, with the angle on |11⟩ alone."""
    program = """OPENQASM 3.0; include "stdgates.inc";
    gate turned(θ) a, b { U(0, 0, θ / 2) a; CX a, b; U(0, 0, -θ / 2) b; CX a, b; U(0, 0, θ / 2) b; }
    qubit[2] q; h q; turned(π / 2) q[0], q[1];"""
    state = final_state(openqasm.parse(program)) * 2
    assert list(state) == pytest.approx([1, 1, 1, 1j])


def test_dd() -> None:
    """Decoupling: X Y X Y is -1 times the identity, whatever the delays between are; the last gates flip nothing."""
    program = """OPENQASM 3.0; include "stdgates.inc";
    stretch s;
    duration start = s - durationof({x $0;}) / 2;
    duration middle = s - durationof({x $0;}) / 2 - 5 * durationof({y $0;});
    box { delay[start] $0; x $0; delay[middle] $0; y $0;
          delay[middle] $0; x $0; delay[middle] $0; y $0; delay[start] $0;
          x $2; cx $2, $3; cx $1, $2; U(0, 0, 0) $3; }
    bit[4] c; c[0] = measure $0; c[1] = measure $1; c[2] = measure $2; c[3] = measure $3;"""
    assert only(program) == "1100"


def test_gateteleport() -> None:
    """The logical bit is the majority of three; where it is 1, all three data qubits get a Z."""
    program = f"""{V3}
    def vote(bit[3] c) -> bit {{ if (uint[2](c[0]) + uint[2](c[1]) + uint[2](c[2]) > 1) {{ return 1; }} return 0; }}
    def logical(qubit[3] d) -> bit {{ bit[3] c; c = measure d; bit r; r = vote(c); return r; }}
    qubit[3] q; qubit[3] a; bit r; bit[3] out;
    x q; rz(pi / 4) a; cx q, a; h q; r = logical(a); if (r == 1) z q; h q; out = measure q;"""
    # CX copies |111⟩; the measurement is 1. Between two H, Z flips: 111 becomes 000.
    assert only(program) == "0001"


@pytest.mark.parametrize("casts", [True, False])
def test_inverseqft(casts: bool) -> None:
    """inverseqft1 and inverseqft2: the inverse transform with measurements, on the transform of 13.

    The state has a phase 2π·13·k/16 for each number k, so qubit j has the phase 2π·13·2^j/16.
    """
    prepare = "".join(f"h q[{3 - j}]; p(2 * pi * 13 * {2**j} / 16) q[{3 - j}];" for j in range(4))
    if casts:
        bits = "bit[4] c;"
        steps = "h q[0]; c[0] = measure q[0]; if (int[5](c) == 1) { p(-pi / 2) q[1]; } h q[1]; c[1] = measure q[1];"
        turns = {1: "pi / 4", 2: "pi / 2", 3: "pi / 2 + pi / 4"}
        steps += "".join(f"if (int[5](c) == {n}) {{ p(-({angle})) q[2]; }}" for n, angle in turns.items())
        steps += "h q[2]; c[2] = measure q[2];"
        steps += "".join(f"if (int[5](c) == {n}) p(-{n} * pi / 8) q[3];" for n in range(1, 8))
        steps += "h q[3]; c[3] = measure q[3];"
    else:
        bits = "bit c0; bit c1; bit c2; bit c3;"
        steps = "h q[0]; measure q[0] -> c0; if (c0 == 1) { p(-pi / 2) q[1]; } h q[1]; measure q[1] -> c1;"
        steps += "if (c0 == 1) { p(-pi / 4) q[2]; } if (c1 == 1) { p(-pi / 2) q[2]; } h q[2]; measure q[2] -> c2;"
        steps += "if (c0 == 1) { p(-pi / 8) q[3]; } if (c1 == 1) { p(-pi / 4) q[3]; } if (c2 == 1) { p(-pi / 2) q[3]; }"
        steps += "h q[3]; measure q[3] -> c3;"
    assert only(f"{V3} qubit[4] q; {bits} reset q; {prepare} barrier q; {steps}") == f"{13:04b}"


def test_ipe() -> None:
    """Iterative phase estimation of a phase that four bits hold: 2π·11/16."""
    program = f"""{V3}
    const int[32] n = 4; const float[32] theta = 2 * pi * 11 / 16;
    qubit q; qubit r; angle[n] c; bit[n] result;
    reset q; reset r; x r;
    uint[n] power = 8;
    for uint i in [0:n - 1] {{
        reset q; h q;
        ctrl @ pow(power) @ phase(theta) q, r;
        inv @ phase(c) q;
        h q;
        bit outcome; outcome = measure q;
        result[i] = outcome;
        // The newest bit stands for half a turn less in the next step.
        c >>= 1; c[n - 2] = outcome; power >>= 1;
    }}"""
    # The least significant bit comes first.
    assert only(program) == f"{11:04b}"


def test_msd() -> None:
    """The control flow of magic state distillation: a subroutine that reports success, repeated until it does.

    The distilled state here is |1⟩, from two copies of |+⟩: success is a 1 in the first.
    """
    program = f"""{V3}
    const int[32] size = 2;
    def ymeasure(qubit q) -> bit {{ s q; h q; return measure q; }}
    def distill(qubit[2] magic, qubit scratch) -> bool {{
        bit check;
        reset scratch; cx magic[0], scratch; check = measure scratch;
        return bool(check);
    }}
    def until_success(qubit[2] magic, qubit scratch) {{
        bool success = false;
        while (!success) {{ reset magic; h magic[0]; success = distill(magic, scratch); }}
        cx magic[0], magic[1];
    }}
    qubit[3] work; qubit[size] buffer; bit[size] c; int[32] address = 0; bit y;
    reset work; reset buffer;
    for int i in [0:1] {{ until_success(work[0:1], work[2]); swap work[1], buffer[address]; address += 1; }}
    c = measure buffer; h work[0]; h work[0]; sdg work[0]; y = ymeasure(work[0]);"""
    measured = shares(program)
    assert {key[1:] for key in measured} == {"11"}
    assert abs(measured["011"] - 0.5) < near(0.5)


def test_qec() -> None:
    """The syndrome of a repetition code finds each single error; its casts are of signed integers of two bits."""
    for place in range(3):
        program = f"""{V3}
        qubit[3] q; qubit[2] a; bit[3] c; bit[2] syn;
        def syndrome(qubit[3] d, qubit[2] a) -> bit[2] {{
            bit[2] b; cx d[0], a[0]; cx d[1], a[0]; cx d[1], a[1]; cx d[2], a[1]; measure a -> b; return b;
        }}
        reset q; reset a; x q[{place}]; barrier q;
        syn = syndrome(q, a);
        if (int[2](syn) == 1) x q[0];
        if (int[2](syn) == 2) x q[2];
        if (int[2](syn) == 3) x q[1];
        c = measure q;"""
        assert only(program) == {0: "01", 1: "11", 2: "10"}[place] + "000"


def test_qft() -> None:
    """The transform of 10 measured in the basis of its phases: qubit j has the phase 2π·10·2^j/16."""
    program = f"""{V3} qubit[4] q; bit[4] c; reset q; x q[1]; x q[3]; barrier q;
    h q[3]; cphase(pi / 2) q[2], q[3]; h q[2]; cphase(pi / 4) q[1], q[3]; cphase(pi / 2) q[1], q[2]; h q[1];
    cphase(pi / 8) q[0], q[3]; cphase(pi / 4) q[0], q[2]; cphase(pi / 2) q[0], q[1]; h q[0];"""
    turns = "".join(f"p(-2 * pi * 10 * {2 ** (3 - j)} / 16) q[{j}]; h q[{j}];" for j in range(4))
    assert only(f"{program} {turns} c = measure q;") == "0000"


def test_qpt() -> None:
    """Process tomography of H, with empty gates around it."""
    gates = "gate pre q { } gate post q { }"
    program = f"{V3} {gates} qubit q; bit c; reset q; pre q; barrier q; h q; post q; c = measure q;"
    assert abs(shares(program)["1"] - 0.5) < near(0.5)


def test_rb() -> None:
    """A sequence of random benchmarking that comes back to where it began: S S Z is the identity, CZ is its inverse."""
    program = f"""{V3} qubit[2] q; bit[2] c; reset q; h q[0]; barrier q; cz q[0], q[1]; barrier q; s q[0];
    cz q[0], q[1]; barrier q; s q[0]; z q[0]; h q[0]; barrier q; measure q -> c;"""
    assert only(program) == "00"


def test_rus() -> None:
    """Repeat until success: a rotation by θ + π about z, cos θ = 3/5, once both flags are 0; the rest undoes it."""
    program = f"""{V3}
    def segment(qubit[2] anc, qubit psi) -> bit[2] {{
        bit[2] b; reset anc; h anc; ccx anc[0], anc[1], psi; s psi; ccx anc[0], anc[1], psi; z psi; h anc;
        measure anc -> b; return b;
    }}
    qubit data; qubit[2] ancilla; bit[2] flags = "11"; bit out;
    reset data; h data;
    while (int[2](flags) != 0) {{ flags = segment(ancilla, data); }}
    rz(pi - arccos(3 / 5.0)) data; h data; out = measure data;"""
    assert only(program) == "000"


def test_scqec() -> None:
    """Cycles of a code over shots: loops over constants, casts of bits, sums. A flip stays for two of three cycles.

    The example votes in extern functions; here the majority is written out.
    """
    program = f"""{V3}
    const int[32] d = 3; const int[32] cycles = 3; const int[32] runs = 4; const int[32] n = d ** 2;
    uint[32] failures = 0; qubit[n] data; qubit ancilla; bit[cycles] layer; bit[4] result;
    def cycle(qubit[n] data, qubit ancilla) -> bit {{
        reset ancilla;
        for int row in [0:d - 1] {{ for int col in [0:d - 1] {{
            bit[32] sum = bit[32](row + col);
            if (sum[0] == 0) cx data[row * d + col], ancilla;
        }} }}
        return measure ancilla;
    }}
    for int shot in [1:runs] {{
        reset data;
        for int i in [0:cycles - 1] {{ if (i == 1) {{ x data[0]; }} layer[i] = cycle(data, ancilla); }}
        if (uint[2](layer[0]) + uint[2](layer[1]) + uint[2](layer[2]) > 1) {{ failures += 1; }}
    }}
    result = bit[4](failures);"""
    assert only(program) == "0100" + "110"


def test_t1() -> None:
    """Delays of growing length, without noise: the excited state stays, so that all of 3 · 4 shots count."""
    program = f"""{V3}
    duration stride = 1us; const int points = 3; const int runs = 4; int[32] counts = 0; bit c0; bit[4] result;
    for int p in [0:points - 1] {{
        for int i in [1:runs] {{ reset $0; x $0; delay[p * stride] $0; c0 = measure $0; counts += int[32](c0); }}
    }}
    result = bit[4](counts);"""
    assert only(program) == "11001"


def test_teleport() -> None:
    program = f"""{V3} qubit[3] q; bit c0; bit c1; bit c2; def post(qubit q) {{ }}
    reset q; U(0.3, 0.2, 0.1) q[0]; h q[1]; cx q[1], q[2]; barrier q; cx q[0], q[1]; h q[0];
    c0 = measure q[0]; c1 = measure q[1]; if (c0 == 1) z q[2]; if (c1 == 1) {{ x q[2]; }} post(q[2]);
    inv @ U(0.3, 0.2, 0.1) q[2]; c2 = measure q[2];"""
    measured = shares(program)
    assert {key[0] for key in measured} == {"0"}
    assert {key[1:] for key in measured} == {"00", "01", "10", "11"}


def test_varteleport() -> None:
    """A state goes through four pairs, each by an alias of the one before."""
    program = f"""{V3}
    const int n_pairs = 4;
    def pair(qubit[2] q) {{ reset q; h q[0]; cx q[0], q[1]; }}
    def prepare(qubit q) {{ reset q; h q; }}
    qubit first; bit out; qubit[2 * n_pairs] q;
    prepare(first); rz(pi / 4) first;
    for int i in [0:n_pairs - 1] {{
        let bp = q[2 * i:2 * i + 1];
        bit[2] pf;
        pair(bp);
        if (i == 0) {{ cx first, bp[0]; h first; pf[0] = measure first; }}
        else {{ let io = q[2 * i - 1]; cx io, bp[0]; h io; pf[0] = measure io; }}
        pf[1] = measure bp[0];
        if (pf[1] == 1) x bp[1];
        if (pf[0] == 1) z bp[1];
    }}
    rz(-pi / 4) q[2 * n_pairs - 1]; h q[2 * n_pairs - 1]; out = measure q[2 * n_pairs - 1];"""
    assert only(program) == "0"


def test_vqe() -> None:
    """Counts of Pauli terms over shots: Z⊗Z of |11⟩ is even, Z⊗1 odd. The example takes its angles from other code."""
    program = f"""{V3}
    const int n = 2; const int layers = 1; const int runs = 3;
    array[float[64], n] angles = {{pi, pi}};
    gate entangle a, b {{ cz a, b; }}
    def pauli(bit[4] spec, qubit[n] q) -> bit {{
        bit b = 0;
        for int i in [0:n - 1] {{
            bit temp = 0;
            if (spec[i] == 0 && spec[n + i] == 1) {{ temp = measure q[i]; }}
            b ^= temp;
        }}
        return b;
    }}
    def trial(qubit[n] q, readonly array[float[64], n] angles) {{
        for int l in [0:layers - 1] {{ for int i in [0:n - 1] {{ ry(angles[i]) q[i]; }} entangle q[0], q[1]; }}
    }}
    qubit[n] q; uint[16] even = 0; uint[16] odd = 0; bit[2] a; bit[2] b;
    for int i in [1:runs] {{
        bit outcome;
        reset q; trial(q, angles); outcome = pauli("1100", q); even += uint[16](outcome);
        reset q; trial(q, angles); outcome = pauli("0100", q); odd += uint[16](outcome);
    }}
    a = bit[2](even); b = bit[2](odd);"""
    assert only(program) == "1100"


@pytest.mark.parametrize(
    ("name", "text", "construct"),
    [
        ("defcal", 'defcalgrammar "openpulse";\ndefcal x $0 { play drive($0), gaussian(...); }', "defcalgrammar"),
        ("pong", "defcal pong(angle[32] amp) $0 { play(d0, gaussian(amp, duration)); }\n", "(defcal)"),
    ],
)
def test_examples_of_pulses_are_refused_by_name(name: str, text: str, construct: str) -> None:
    with pytest.raises(UnsupportedProgramError) as caught:
        openqasm.parse(f"OPENQASM 3.0;\n{text}")
    assert construct in str(caught.value), name
    assert str(caught.value).startswith("line 2, column 1")
