"""Programs: a text or a file, and what is no program is said to be none."""

from __future__ import annotations

from pathlib import Path

import pytest

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
        (12, "a text, a path or a JSON object, not int"),
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
    for source in (tmp_path, binary):
        with pytest.raises(ValidationError, match="cannot be read as text"):
            await load_program(source)
