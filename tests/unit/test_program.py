"""Programs: a text or a file, and what is no program is said to be none."""

from __future__ import annotations

from pathlib import Path

import pytest
from quil.program import Program as QuilProgram

from anyqpu import Program, ProgramFormat
from anyqpu.errors import ValidationError
from anyqpu.model.program import load_program

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
        ("/no/such/file.qasm", "no such file: /no/such/file.qasm"),
        (12, "a text, a path, a JSON object or an object of Qiskit.*, not int"),
    ],
)
async def test_what_is_no_program_is_refused_with_the_place(source: object, message: str) -> None:
    with pytest.raises(ValidationError, match=message) as caught:
        await load_program(source)  # type: ignore[arg-type]
    assert caught.value.fields == ("program",)
    assert caught.value.status_code is None


async def test_a_folder_or_a_binary_file_is_no_program(tmp_path: Path) -> None:
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
