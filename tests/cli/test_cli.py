"""The command line, as a person or a script uses it: in a process of its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import anyqpu
from anyqpu import Counts, errors
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu_cli.histogram import histogram, show_result
from anyqpu_cli.outcome import exit_code
from anyqpu_emulator.server import running
from tests.cli.shell import BELL, run, screen


def test_demo_runs_an_example_on_each_cloud_over_a_socket_and_fits_a_small_terminal() -> None:
    code, lines = screen("demo", "--seed", 1, columns=80, rows=24)
    printed = "\n".join(lines)
    assert code == 0, printed
    # One line is left for the prompt.
    assert len(lines) < 24
    assert max(map(len, lines)) <= 80
    assert re.search(r"serves 4 clouds at http://127\.0\.0\.1:\d+; 1000 shots each", printed)
    bell, ghz, atoms, quil = (eval(text) for text in re.findall(r"Counts\((\{.*?\})", printed))
    assert set(bell) == set(quil) == {"00", "11"}
    assert set(ghz) == {"000", "111"}
    # Atoms so close that one of them is excited.
    assert atoms["01"] + atoms["10"] > 900
    assert all(sum(counts.values()) == 1000 for counts in (bell, ghz, atoms, quil))
    for provider in ("kipu", "scaleway", "pasqal", "rigetti"):
        assert re.search(rf"^\d\. [\w.]+: submitted to {provider}:\S+: .*completed$", printed, re.MULTILINE)
    assert "█" in printed


def test_demo_fits_a_narrow_terminal() -> None:
    code, lines = screen("demo", "--shots", 20, columns=60)
    assert code == 0
    assert max(map(len, lines)) <= 60


def test_demo_prints_json_of_each_program() -> None:
    entries = json.loads(run("demo", "--seed", 1, "--json", "--shots", 20).stdout)
    assert [entry["provider"] for entry in entries] == ["kipu", "scaleway", "pasqal", "rigetti"]
    assert {sum(entry["counts"][0].values()) for entry in entries} == {20}


def test_the_demo_of_four_clouds_repeats_itself() -> None:
    one, other = (run("demo", "--seed", 5, "--shots", 50, "--quiet").stdout for _ in range(2))
    assert one == other


def test_a_seeded_demo_repeats_itself() -> None:
    counts = [re.findall(r"Counts\(.*\)", run("demo", BELL, "--seed", 5).stdout) for _ in range(2)]
    assert counts[0] == counts[1]
    assert counts[0]


def test_demo_runs_a_program_of_the_user(tmp_path: Path) -> None:
    file = tmp_path / "x.qasm"
    file.write_text('OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nbit[2] c;\nx q[0];\nc = measure q;\n')
    done = run("demo", file, "--shots", 10, "--device", "qudora.sim.xg1")
    assert done.returncode == 0, done.stderr
    assert "Counts({'01': 10})" in done.stdout


BROKEN = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\ncx q[0], q[5];\nmeasure q -> c;\n'


@pytest.mark.parametrize("command", ["demo", "submit"])
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "no such file: "),
        (BROKEN, "line 5"),
        ("OPENQASM 2.0;\nqreg q[2]\nh q[0];\n", "line 3"),
        ("OPENQASM 2.0;\nqreg q[2];\nnonsense q[0];\n", "nonsense"),
        ("hello", "does not begin with a version such as 'OPENQASM 2.0;'"),
        ("", "does not begin with a version"),
    ],
)
def test_a_bad_program_is_one_clear_message_and_exit_code_2(
    tmp_path: Path, command: str, text: str | None, message: str
) -> None:
    file = tmp_path / "program.qasm"
    if text is not None:
        file.write_text(text)
    more = ["--device", "kipu:kipu.sim.qsim", "--emulator", "--wait"] if command == "submit" else []
    done = run(command, file, *more)
    assert done.returncode == 2
    assert message in done.stderr
    assert str(file) in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "submitted" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["demo", "--shots", "0"], "shots is a whole number from 1, not 0"),
        (["demo", "--shots", "many"], "'many' is not a whole number"),
        (["demo", "--device", "kipu.sim.qsimm"], "Did you mean 'kipu.sim.qsim'?"),
        (["submit", BELL, "--device", "kipu:kipu.sim.qsim", "--shots", "0", "--emulator"], "not 0"),
        (["submit", BELL, "--device", "kipu:nothing", "--emulator"], "there is no device 'nothing'"),
        (["submit", BELL, "--device", "kipu.sim.qsim", "--emulator"], "is not PROVIDER:DEVICE"),
        (["submit", BELL, "--device", "kipu:iqm.qpu.garnet", "--emulator"], "It takes iqm_json"),
        (["emulate", "--speed", "warp"], "speed should be one of"),
        (["emulate", "--port", "99999"], "invalid value for '--port': 99999 is more than 65535"),
        (["emulate", "--faults", "nosuch.toml"], "cannot read nosuch.toml"),
        (["emulate", "--faults", BELL], "is not TOML"),
        (["no-such-command"], "no such command"),
        (["devices", "--emulator-url", "nowhere"], "invalid address of an emulator"),
    ],
)
def test_bad_input_is_exit_code_2_and_no_traceback(arguments: list[object], message: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_request_is_not_sent_for_what_can_be_known_before() -> None:
    # No server listens on this port, so a request would fail.
    for arguments in (["--shots", "0"], ["--shots", "-5"]):
        done = run("submit", BELL, "--device", "kipu:kipu.sim.qsim", "--emulator-url", "http://127.0.0.1:9", *arguments)
        assert done.returncode == 2
        assert "connect" not in done.stderr


def test_without_credentials_the_exit_code_is_that_of_auth() -> None:
    done = run("submit", BELL, "--device", "kipu:kipu.sim.qsim")
    assert done.returncode == 3
    assert "KQH_PERSONAL_ACCESS_TOKEN" in done.stderr


def test_devices_and_submit_speak_json_to_a_running_emulator() -> None:
    with running(speed="instant") as url:
        devices = json.loads(run("devices", "--json", ANYQPU_EMULATOR=url).stdout)
        assert "kipu.sim.qsim" in [device["id"] for device in devices]
        done = run(
            "submit", BELL, "--device", "kipu:kipu.sim.qsim", "--shots", 50, "--wait", "--json", "--emulator-url", url
        )
        assert done.returncode == 0, done.stderr
        job = json.loads(done.stdout)
        assert job["status"] == "completed"
        assert sum(job["counts"][0].values()) == 50
        assert job["handle"].partition("?")[0] == f"anyqpu:kipu:job:{job['id']}"


def test_a_port_that_is_taken_is_said_to_be() -> None:
    with running() as url:
        done = run("emulate", "--port", url.rsplit(":", 1)[1])
    assert done.returncode == 2
    assert "is in use" in done.stderr


def test_emulate_prints_where_it_is_and_stops_when_interrupted() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", "from anyqpu_cli import main; main()", "emulate", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        url = re.search(r"http://127\.0\.0\.1:\d+", first)
        assert url is not None, first
        assert run("devices", "--emulator-url", url[0]).returncode == 0
    finally:
        process.send_signal(2)
        _, problems = process.communicate(timeout=240)
    assert "Traceback" not in problems


def test_version_and_help() -> None:
    assert run("--version").stdout.strip() == f"anyqpu {anyqpu.__version__}"
    done = run("--help")
    assert done.returncode == 0
    for command in ("demo", "devices", "submit", "emulate"):
        assert command in done.stdout


def test_help_loads_nothing_that_takes_time() -> None:
    code = (
        "import sys; from anyqpu_cli.app import app; app(['--help'], standalone_mode=False);"
        "print(*sorted({'httpx', 'anyio', 'rich', 'attrs', 'numpy', 'yaml', 'anyqpu_raw'} & sys.modules.keys()),"
        " file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0
    assert done.stderr.strip() == ""


def test_without_credentials_the_hint_names_the_option() -> None:
    assert "--emulator" in run("devices", "kipu").stderr


def test_a_histogram_has_a_bar_per_key_and_sums_up_what_does_not_fit() -> None:
    assert histogram(Counts({"00": 3, "11": 1}), width=8) == "  00 3   75.0%  ██████\n  11 1   25.0%  ██"
    many = Counts({f"{number:05b}": 1 for number in range(20)})
    lines = histogram(many, rows=4).splitlines()
    assert len(lines) == 5
    assert lines[-1].split() == ["others", "16", "80.0%", "(16", "keys)"]
    assert histogram(Counts({})) == "(no counts)"


def test_photons_and_samples_have_a_picture_too() -> None:
    items = (
        ResultItem(kind=ResultKind.FOCK, fock={"|0,1>": 1, "|1,0>": 3}),
        ResultItem(kind=ResultKind.SAMPLES, samples=("gr", "gr", "rg")),
        ResultItem(kind=ResultKind.COUNTS, success=False, error="too hot"),
        ResultItem(kind=ResultKind.COUNTS, registers={"a": Counts({"0": 2})}),
        ResultItem(kind=ResultKind.EXPECTATION, expectation=0.5),
    )
    lines = show_result(Result(job_id="1", provider="kipu", items=items)).splitlines()
    assert [line.split()[0] for line in lines] == ["|1,0>", "|0,1>", "gr", "rg", "failed:", "a:", "0", "0.5"]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.ValidationError("x"), 2),
        (errors.NotFoundError("x"), 2),
        (errors.MissingCredentialsError("x"), 3),
        (errors.AuthenticationError("x"), 3),
        (errors.JobFailedError("x"), 4),
        (errors.WaitTimeoutError("x"), 5),
        (errors.ServerError("x"), 1),
    ],
)
def test_exit_codes_distinguish_bad_input_auth_failure_and_timeout(error: errors.AnyQPUError, code: int) -> None:
    assert exit_code(error) == code
