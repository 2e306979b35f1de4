"""docs/model.md, docs/handles.md and docs/programs.md: what they show happens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import anyqpu
from anyqpu import ProgramFormat
from anyqpu_emulator.server import running
from anyqpu_programs.fitting import CONVERSIONS
from tests.docs.test_pages import blocks_of

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]


def names_of(page: str) -> dict[str, Any]:
    names: dict[str, Any] = {"anyqpu": anyqpu}
    for block in blocks_of(ROOT / "docs" / page):
        exec(block, names)
    return names


@pytest.mark.parametrize(
    ("cloud", "device"),
    [
        *(("kipu", device) for device in ("kipu.sim.qsim", "qudora.sim.xg1", "aws.sim.sv1", "ibm.qpu.fez")),
        *(("scaleway", device) for device in ("EMU-AER-16C-128M", "EMU-QSIM-16C-128M", "QPU-GARNET-20PQ")),
    ],
)
async def test_the_same_code_gives_the_same_counts_on_every_route(
    cloud: str, device: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with anyqpu.connect(cloud, emulator="lenient") as client:
        await names_of("model.md")["the_same_code"](client, device)
    out = capsys.readouterr().out
    assert "'01': 100" in out
    assert "CostEstimate(" in out


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running(speed="instant") as url:
        yield url


async def test_a_handle_is_resumed_as_the_page_says(
    server: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANYQPU_EMULATOR", server)
    async with anyqpu.connect("kipu") as kipu:
        job = await kipu.submit(ROOT / "examples" / "bell.qasm", device="kipu.sim.qsim", shots=10)
        await names_of("handles.md")["later"](job)
        assert (await anyqpu.resume(job.handle.to_json())).id == job.id
    assert "Counts(" in capsys.readouterr().out


async def test_a_converted_program_means_the_same_everywhere(capsys: pytest.CaptureFixture[str]) -> None:
    async with anyqpu.connect("kipu", emulator=True) as kipu:
        await names_of("programs.md")["converted"](kipu)
    assert capsys.readouterr().out.count("Counts({'10': 100})") == 4


async def test_the_page_names_every_format_and_every_conversion() -> None:
    text = (ROOT / "docs" / "programs.md").read_text(encoding="utf-8")
    for format in ProgramFormat:
        assert f"`{format.name}`" in text
    rows = [line for line in text.splitlines() if (line.startswith("| ") and "IBM's lists" in line) or "from" in line]
    assert rows
    words = {
        ProgramFormat.OPENQASM2: "OpenQASM 2",
        ProgramFormat.OPENQASM3: "OpenQASM 3",
        ProgramFormat.BRAKET_QASM3: "Braket's dialect",
        ProgramFormat.IONQ_JSON: "IonQ's JSON",
        ProgramFormat.IBM_PUBS: "IBM's lists",
        ProgramFormat.QPY: "QPY",
    }
    table = [line.split("|")[1:3] for line in text.splitlines() if line.startswith("| ")]
    said = {source.strip(): target for source, target in table}
    for source, target in CONVERSIONS:
        assert words[target].removeprefix("OpenQASM ") in said[words[source]]
