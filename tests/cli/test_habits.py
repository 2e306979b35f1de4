"""Conventions of other commands: suggestions, pipes, standard input, and options of one provider."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from anyqpu.errors import ServerError, ValidationError
from anyqpu.providers.kipu import KipuClient
from anyqpu.providers.rigetti import RigettiClient
from anyqpu.providers.scaleway import ScalewayClient
from anyqpu_cli.app import app
from anyqpu_cli.columns import Column
from anyqpu_cli.listing import BLOCK, Listing
from anyqpu_cli.reading import provider_options
from anyqpu_cli.setup import Setup
from anyqpu_emulator.server import running
from tests.cli.shell import BELL, COMMAND, environment_of, out, read, run

QSIM = "kipu:kipu.sim.qsim"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(speed="instant", seed=7) as address:
        yield address


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sesions"], "no such command 'sesions'. Did you mean 'sessions'? See `anyqpu --help`"),
        (["bugreport"], "no such command 'bugreport'. Did you mean 'bug-report'? See `anyqpu --help`"),
        (["zzz"], "no such command 'zzz'. See `anyqpu --help`"),
        (["job", "shwo"], "no such command 'shwo'. Did you mean 'show'? See `anyqpu job --help`"),
        (["devices", "--jsno"], "there is no option '--jsno'. Did you mean '--json'? See `anyqpu devices --help`"),
        (["emulate", "--sped", "fast"], "there is no option '--sped'. Did you mean '--speed' or '--seed'?"),
        (["--vresion"], "there is no option '--vresion'. Did you mean '--version'? See `anyqpu --help`"),
        (
            ["--quiet", "devices"],
            "there is no option '--quiet'. Shared options follow the command: `anyqpu COMMAND --quiet`.",
        ),
        (["devices", "--zzz"], "there is no option '--zzz'. See `anyqpu devices --help`"),
        (["submit", "x"], "missing option '--device'. Such as --device kipu:kipu.sim.qsim; `anyqpu devices` lists"),
        (["submit"], "missing argument 'FILE'. A program's file, or - for standard input. See"),
        (["jobs", "--limit", "many"], "invalid value for '--limit': 'many' is not a whole number"),
        (["jobs", "--limit", "0"], "invalid value for '--limit': 0 is less than 1"),
        (["jobs", "--timeout", "nan"], "invalid value for '--timeout': 'nan' is not a number"),
        (["emulate", "--gate-error", "1.5"], "invalid value for '--gate-error': 1.5 is more than 1"),
    ],
)
def test_what_is_typed_wrongly_is_one_sentence_and_what_to_do(words: list[str], said: str) -> None:
    done = CliRunner().invoke(app, words, prog_name="anyqpu")
    assert done.exit_code == 2
    assert done.output.startswith(f"anyqpu: {said}")
    assert len(done.output.splitlines()) == 1


@pytest.mark.parametrize("words", [["devices", "kipu"], ["devices", "kipu", "--json"], ["demo"]])
def test_a_closed_pipe_is_not_an_error(url: str, words: list[str]) -> None:
    process = subprocess.Popen(
        [*COMMAND, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment_of(ANYQPU_EMULATOR=url),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    # Closed before the first line, so that no buffer hides it.
    process.stdout.close()
    printed = process.stderr.read()
    assert (process.wait(timeout=240), printed) == (141, b"")
    process.stderr.close()


def test_a_program_on_standard_input(url: str) -> None:
    for words in (["submit", "-", "--device", QSIM, "--wait", "--emulator-url", url], ["demo", "-", "-q"]):
        done = subprocess.run(
            [*COMMAND, *words, "--shots", "20"],
            input=BELL.read_bytes(),
            capture_output=True,
            timeout=240,
            check=False,
            env=environment_of(),
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(b"Counts(")


def test_what_is_wrong_on_standard_input_is_named() -> None:
    done = CliRunner().invoke(app, ["demo", "-"], input="OPENQASM 2.0;\nqreg q[2]\nh q[0];\n")
    assert done.exit_code == 2
    assert "standard input" in done.output


def test_files_have_any_name(url: str, tmp_path: Path) -> None:
    file = tmp_path / "zwei ö☃ -x.qasm"
    file.write_bytes(BELL.read_bytes())
    assert read("submit", file, "--device", QSIM, "--emulator-url", url)["name"] == file.stem


def test_demo_for_programs() -> None:
    (entry,) = read("demo", BELL, "--shots", 10, "--seed", 1)
    assert (entry["file"], entry["status"], sum(entry["counts"][0].values())) == (str(BELL), "completed", 10)
    quiet = out("demo", BELL, "--shots", 10, "--seed", 1, "--quiet")
    assert quiet.startswith("Counts(")


def test_emulate_for_programs_prints_one_line_when_it_is_ready() -> None:
    process = subprocess.Popen(
        [*COMMAND, "emulate", "--port", "0", "--json", "--speed", "instant"],
        stdout=subprocess.PIPE,
        text=True,
        env=environment_of(),
    )
    try:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        assert set(said) == {"url", "control", "speed", "clouds"}
        assert set(said["clouds"]) == {"scaleway", "kipu", "pasqal", "rigetti"}
        kipu = said["clouds"]["kipu"]
        assert kipu["url"] == f"{said['url']}/kipu"
        assert read("devices", "kipu", **kipu["environment"])
    finally:
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=240)
    assert (process.returncode, rest) == (0, "")


@pytest.mark.parametrize(("options", "strict"), [((), True), (("--lenient", "--noise"), False)])
def test_emulate_is_strict_unless_lenient(options: tuple[str, ...], strict: bool) -> None:
    command = [*COMMAND, "emulate", "--port", "0", "--json", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment_of())
    try:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        assert httpx.get(f"{said['control']}strictness", trust_env=False).json()["strict"] is strict
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=240)


def test_what_a_cloud_takes_besides(url: str) -> None:
    there = ("--device", QSIM, "--emulator-url", url)
    output = read("submit", BELL, *there, "--option", "input_params.mode=statevector", "--wait")
    assert output["items"][0]["kind"] == "statevector"
    output = read("submit", BELL, *there, "--option", 'input_params={"mode": "statevector"}', "--wait")
    assert output["items"][0]["kind"] == "statevector"
    done = run("submit", BELL, *there, "--option", "inputparams.mode=x")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "anyqpu: kipu takes no option 'inputparams'. Did you mean 'input_params'?\n"


def test_options_of_a_provider_become_arguments() -> None:
    texts = ["max_duration=15m", "parameters.a.b=1", "parameters.c=x"]
    assert provider_options(texts, ScalewayClient.submit, "scaleway") == {
        "max_duration": timedelta(minutes=15),
        "parameters": {"a": {"b": 1}, "c": "x"},
    }
    assert provider_options(["model=123"], ScalewayClient.submit, "scaleway") == {"model": "123"}
    assert provider_options(["patch_values.theta=[0.5]"], RigettiClient.submit, "rigetti") == {
        "patch_values": {"theta": [0.5]}
    }


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["input_params"], "is not KEY=VALUE"),
        (["=1"], "is not KEY=VALUE"),
        (["shots=1"], "has an option of its own. Use --shots"),
        (["tags=a"], "has an option of its own. Use --tag"),
        (["mode=x"], "kipu takes no option 'mode'. There are parameters, transpile, input_params"),
        (["input_params=1"], "is an object"),
        (["input_params=1", "input_params.a=1"], "as a whole and in parts"),
        (["input_params.a=1", "input_params.a=2"], "is given twice"),
    ],
)
def test_options_that_make_no_sense(texts: list[str], said: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(said)):
        provider_options(texts, KipuClient.submit, "kipu")


def test_a_long_list_of_one_cloud_is_the_same_as_a_short_one(url: str) -> None:
    for _ in range(2):
        out("submit", BELL, "--device", QSIM, "--quiet", "--emulator-url", url)
    for more in ([], ["--json"]):
        short, long = (out("jobs", "kipu", "--limit", n, *more, "--emulator-url", url) for n in (200, 201))
        # How long ago it was may be another second, and so another width of its column.
        words = [[line.split("(")[0].split() for line in listed.splitlines()] for listed in (short, long)]
        assert words[0] == words[1]
    assert json.loads(out("jobs", "kipu", "--limit", 500, "--status", "failed", "--json", "--emulator-url", url)) == []


async def numbers(count: int, *, broken: bool) -> AsyncIterator[int]:
    for number in range(count):
        yield number
    if broken:
        raise ServerError("enough")


@pytest.mark.anyio
@pytest.mark.parametrize("count", [0, 1, BLOCK, BLOCK + 1])
@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.parametrize("as_json", [False, True])
async def test_what_is_printed_as_it_comes_is_ended_well(
    anyio_backend: str, count: int, broken: bool, as_json: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    column = Column[int](name="N", value=lambda number: number)
    listing = Listing[int](Setup(as_json=as_json), [column], lambda number: {"n": number})
    problem: Any = None
    try:
        await listing.stream(numbers(count, broken=broken))
    except ServerError as error:
        problem = error
    assert (problem is not None) is broken
    printed = capsys.readouterr().out
    if broken and count == 0:
        assert printed == ""
    elif as_json:
        assert json.loads(printed) == [{"n": number} for number in range(count)]
    else:
        assert printed.split() == ["N", *map(str, range(count))]


@pytest.mark.parametrize("words", [["devices"], ["job", "show", "kipu", "x"], ["submit", str(BELL), "--device", QSIM]])
def test_an_emulator_that_is_not_there_is_one_problem(words: list[str]) -> None:
    nowhere = "http://127.0.0.1:9"
    done = CliRunner().invoke(app, [*words, "--emulator-url", nowhere])
    assert done.exit_code == 1
    assert done.output == f"anyqpu: no emulator responds at {nowhere}. Start one with `anyqpu emulate`\n"


def test_an_invalid_emulator_address_is_one_problem() -> None:
    done = CliRunner().invoke(app, ["devices", "--emulator-url", "127.0.0.1:8787"])
    assert done.exit_code == 2
    assert done.output.startswith("anyqpu: invalid address of an emulator '127.0.0.1:8787'.")


def test_nothing_on_standard_input_is_said_to_be_nothing() -> None:
    done = CliRunner().invoke(app, ["submit", "-", "--device", QSIM, "--emulator"], input=" \n")
    assert done.exit_code == 2
    assert done.output.startswith("anyqpu: standard input is empty.")


def test_a_bug_report_has_versions_and_no_secrets() -> None:
    output = read("bug-report", KQH_PERSONAL_ACCESS_TOKEN="hush")
    assert {"httpx", "httpcore", "typer", "starlette"} <= output["packages"].keys()
    assert not {"ruff", "mkdocs", "twine"} & output["packages"].keys()
    assert output["settings"]["kipu"]["token"] == ["***", "environment variable KQH_PERSONAL_ACCESS_TOKEN"]
    assert "hush" not in out("bug-report", KQH_PERSONAL_ACCESS_TOKEN="hush")


def test_a_list_of_nothing_says_so_to_people_only() -> None:
    done = run("sessions", "--emulator")
    assert (done.returncode, done.stderr) == (0, "The list is empty.\n")
    assert done.stdout.startswith("SESSION")
    assert run("sessions", "--emulator", "--quiet").stderr == ""
    assert read("sessions", "--emulator") == []


def test_the_command_is_a_module_too() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "anyqpu", "--version"], capture_output=True, text=True, timeout=240, check=True
    )
    assert done.stdout.startswith("anyqpu ")
