"""Programs from texts, files and objects, and the refusal of anything else."""

from __future__ import annotations

import pickle
import traceback
from pathlib import Path

import pytest
from quil.program import Program as QuilProgram

from anyqpu import Program, ProgramFormat
from anyqpu.errors import ValidationError
from anyqpu.model.program import load_program, load_programs

pytestmark = pytest.mark.anyio

BELL = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nh q[0];\ncx q[0], q[1];\nmeasure q -> c;\n'


async def test_a_program_is_given_as_text_or_as_a_path(tmp_path: Path) -> None:
    file = tmp_path / "bell.qasm"
    file.write_text(BELL)
    for source in (BELL, file, str(file), Program.from_text(BELL)):
        assert await load_program(source) == Program(BELL, ProgramFormat.OPENQASM2)


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("OPENQASM 2.0; qreg q[1];", ProgramFormat.OPENQASM2),
        ("// first a comment\n/* and\nanother */ OPENQASM 3;\nqubit q;", ProgramFormat.OPENQASM3),
        ("  OPENQASM 3.0;\nqubit[2] q;", ProgramFormat.OPENQASM3),
        ('OPENQASM 3.0;\ninclude "mine.inc";\nqubit[2] q;\ncnot q[0], q[1];', ProgramFormat.OPENQASM3),
        ("OPENQASM 3.0;\nqubit[2] q;\ncnot q[0], q[1];", ProgramFormat.BRAKET_QASM3),
        ("OPENQASM 3.0;\n#pragma braket verbatim\nbox { x $0; }", ProgramFormat.BRAKET_QASM3),
        ("OPENQASM 3;\nqubit q;", ProgramFormat.OPENQASM3),
        ("OPENQASM 3.1;\nqubit q;", ProgramFormat.OPENQASM3),
        ("OPENQASM 3.0;\nqubit[2] q;\nbit b;\nb = measure q[0];\nif (b) { x q[1]; }", ProgramFormat.OPENQASM3),
        # Braket's names where no gate is called: a qubit, a parameter, a gate of the program's own, a comment, a text.
        ("OPENQASM 3.0;\nqubit v;\nU(0, 0, 0) v;\n// cnot a, b;", ProgramFormat.OPENQASM3),
        ("OPENQASM 3.0;\ngate si(v) a { U(0, 0, v) a; }\nqubit q;\nsi(1) q;", ProgramFormat.OPENQASM3),
        ("OPENQASM 3.0;\nqubit[2] q;\nctrl @ cnot q[0], q[1];", ProgramFormat.BRAKET_QASM3),
        ("OPENQASM 3.0;\nqubit[2] q;\nphaseshift(pi / 2) q[0];", ProgramFormat.BRAKET_QASM3),
        ("OPENQASM 3.0;\nqubit[2] q;\nbit b;\nb = measure q[0];\nif (b) cnot q[0], q[1];", ProgramFormat.BRAKET_QASM3),
        ("DECLARE ro BIT[2]\nX 0\nMEASURE 0 ro[0]\n", ProgramFormat.QUIL),
        ("# a comment\nRX(pi/2) 0\n", ProgramFormat.QUIL),
        (":PCVL:zip:eJyzCnAO87FyrEz", ProgramFormat.PERCEVAL),
        ('{"cirq_type": "Circuit", "moments": []}', ProgramFormat.CIRQ_JSON),
        ('{"setup": {}, "hamiltonian": {}}', ProgramFormat.AHS_JSON),
        ('{"command": "probs", "circuit": ":PCVL:...", "input_state": "|1,1>"}', ProgramFormat.PERCEVAL_JSON),
        ('{"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}', ProgramFormat.IONQ_JSON),
    ],
)
async def test_the_version_line_says_which_language_it_is(text: str, format: ProgramFormat) -> None:
    assert (await load_program(text)).format is format


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "does not begin with a version"),
        ("qreg q[2];\n", "does not begin with a version"),
        ("OPENQASM 4.0;\n", "is OpenQASM 4"),
        ("OPENQASM 2.0;\nqreg q[2;\n", r"line 2: '\[' is never closed"),
        ("OPENQASM 2.0;\nqreg q2];\n", r"line 2: '\]' closes nothing"),
        ('OPENQASM 2.0\ninclude "qelib1.inc";\nqreg q[1];\n', "line 1: the version line has no ';' at its end"),
        ("// about\n\nOPENQASM 2.0\nqreg q[1];\n", "line 3: the version line has no ';' at its end"),
        ("OPENQASM 2.0", "line 1: the version line has no ';' at its end"),
        ("OPENQASM two;\n", "line 1: 'OPENQASM' is not followed by a version"),
        ("# not a comment here\nOPENQASM 2.0;\n", "'OPENQASM 2.0;': it is in line 2, after other statements"),
        ("OPENQASM 2.0;\n/* qreg q[1];\n", "line 2: the comment is never closed"),
        (" \n\t", "is empty"),
        ("\ufeff", "is empty"),
        ("OPENQASM 2.0;\nqreg\0q[1];\n", "line 2 has a NUL character"),
        ("OPENQASM 2.0;\nqreg \ud800[1];\n", r"line 2 has half of a surrogate pair \(U\+D800\)"),
        (Program("OPENQASM 3.0;\nqubit q;\n// \udfff", ProgramFormat.OPENQASM3), r"line 3 has half .* \(U\+DFFF\)"),
        ("/no/such/\ud800.qasm", "path of a program has .* half of a surrogate pair"),
        ("[1, 2]", "is not a JSON object but a list"),
        ('{\n"circuit": [1,]}', "line 2, column 15"),
        ('{"circuit": ' + "9" * 5000 + "}", "a number with too many digits"),
        ('{"circuit": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply"),
        ({"circuit": [float("nan")]}, "infinite, NaN"),
        ({"circuit": {1, 2}}, "a value that is not a number"),
        ({1: 2}, "unknown form of a JSON program: its keys are 1"),
        ([], "the list of programs is empty"),
        ("/no/such/file.qasm", "no such file: /no/such/file.qasm"),
        (12, "invalid program of type int. Expected a text, a path, a JSON object or an object of Qiskit"),
    ],
)
async def test_an_invalid_program_is_refused_with_the_place(source: object, message: str) -> None:
    with pytest.raises(ValidationError, match=message) as caught:
        await load_programs(source)
    assert caught.value.fields == ("program",)
    assert caught.value.status_code is None


@pytest.mark.parametrize("content", ["KEY={0}", '{{"a": "{0}"}}', '{{"a": "{0}"', "OPENQASM 3.0;\nqubit q; ( {0}"])
async def test_a_wrong_file_is_not_shown_by_the_variables_of_a_traceback(content: str, tmp_path: Path) -> None:
    secret = "canary-3f0c9d"
    file = tmp_path / "env"
    file.write_text(content.format(secret))
    with pytest.raises(ValidationError) as caught:
        await load_program(file)
    frames = traceback.TracebackException.from_exception(caught.value, capture_locals=True).stack
    shown = [f"{frame.name}{frame.locals}" for frame in frames if frame.filename != __file__]
    assert any("load_program" in line for line in shown)
    assert secret not in f"{shown}{caught.value}"
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


async def test_brackets_in_texts_and_comments_do_not_count() -> None:
    program = 'OPENQASM 3.0;\ninclude "a(b.inc"; // )\n/* ] "\n } */ qubit[2] q;\n// " (\nx q[0];\n'
    assert (await load_program(program)).format is ProgramFormat.OPENQASM3


@pytest.mark.parametrize("text", [BELL, '{"circuits": []}'])
async def test_a_byte_order_mark_is_left_out(tmp_path: Path, text: str) -> None:
    file = tmp_path / "program"
    file.write_text(text, encoding="utf-8-sig")
    for source in (file, "\ufeff" + text, text.encode("utf-8-sig")):
        assert await load_program(source) == Program.from_text(text)


async def test_a_file_that_is_too_large_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anyqpu.model.program.MOST_BYTES", len(BELL))
    file = tmp_path / "bell.qasm"
    file.write_text(BELL)
    assert (await load_program(file)).text == BELL
    file.write_text(BELL + "\n")
    with pytest.raises(ValidationError, match=f"has more than {len(BELL)} bytes"):
        await load_program(file)


async def test_several_programs_are_read_in_order(tmp_path: Path) -> None:
    file = tmp_path / "bell.qasm"
    file.write_text(BELL)
    other = "OPENQASM 3.0;\nqubit q;"
    programs = await load_programs([file, other, Program("X 0", ProgramFormat.QUIL)])
    assert [program.format for program in programs] == [
        ProgramFormat.OPENQASM2,
        ProgramFormat.OPENQASM3,
        ProgramFormat.QUIL,
    ]
    assert await load_programs((file,)) == await load_programs(file) == (Program(BELL, ProgramFormat.OPENQASM2),)
    for wrong, message in (
        ([file, 3], r"programs\[1\]: invalid program of type int"),
        ([[file]], "a list within a list"),
    ):
        with pytest.raises(ValidationError, match=message):
            await load_programs(wrong)


def test_what_is_not_what_its_format_says_is_refused_where_it_is_read() -> None:
    for program in (Program("{", ProgramFormat.IONQ_JSON), Program("é", ProgramFormat.QPY)):
        with pytest.raises(ValidationError):
            _ = program.content


def test_how_many_bits_are_the_programs_travels_with_it_and_does_not_make_it_another() -> None:
    program = Program("X 0", ProgramFormat.QUIL, bits=2)
    assert pickle.loads(pickle.dumps(program)).bits == 2
    assert program == Program("X 0", ProgramFormat.QUIL)
    assert Program("X 0", ProgramFormat.QUIL).bits is None


def test_many_lines_of_comments_take_no_time() -> None:
    """The pattern for Quil once tried every way to divide them."""
    with pytest.raises(ValidationError, match="does not begin with a version"):
        Program.from_text("   \n # c\n" * 5000 + "nothing")


async def test_a_folder_or_a_binary_file_is_refused(tmp_path: Path) -> None:
    binary = tmp_path / "x.qasm"
    binary.write_bytes(b"\xff\xfe\x00")
    for source in (tmp_path, binary, b"\xff\xfe\x00"):
        with pytest.raises(ValidationError, match="cannot be read"):
            await load_program(source)


async def test_qpy_is_known_by_its_first_bytes_and_kept_as_it_is(tmp_path: Path) -> None:
    content = b"QISKIT\x0d\x00\x01\xff"
    file = tmp_path / "circuit.qpy"
    file.write_bytes(content)
    for source in (content, file):
        program = await load_program(source)
        assert program.format is ProgramFormat.QPY
        assert program.content == content


async def test_an_object_of_a_library_writes_itself_down() -> None:
    program = await load_program(QuilProgram.parse("DECLARE ro BIT[1]\nX 0\nMEASURE 0 ro[0]\n"))
    assert program.format is ProgramFormat.QUIL
    assert "MEASURE 0 ro[0]" in program.text
