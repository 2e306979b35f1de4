"""With `--json`, standard error is lines of JSON: the error last, with the exit code that it has without."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from anyqpu.errors import ConfigError, Hint, NotFoundError
from anyqpu_cli.words import error_record
from anyqpu_emulator.server import running
from tests.cli.shell import BELL, run

QSIM = "kipu:kipu.sim.qsim"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(speed="instant", seed=7) as address:
        yield address


def records(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


@pytest.mark.parametrize(
    ("words", "type", "code", "message"),
    [
        (["job", "show", "kipu", "0f3b3f0e-7385-42bd-8bb1-82ec4546295b"], "NotFoundError", 2, "job"),
        (["job", "show", "nonsense"], "ValidationError", 2, "invalid job handle"),
        (["jobs", "rigetti"], "UnsupportedOperationError", 2, "Rigetti has no list of jobs"),
        (["api", "GET", "kipu:/job"], "ValidationError", 2, "has no path /job"),
        (["submit", BELL, "--device", "scaleway:QPU-GARNET-20PQ"], "ValidationError", 2, "no terminal to confirm it"),
        # Usage errors, which typer raises.
        (["jobs", "--limit", "many"], "UsageError", 2, "'many' is not a whole number"),
        (["jobs", "--nothing"], "UsageError", 2, "there is no option '--nothing'"),
        (["submit", BELL], "UsageError", 2, "missing option '--device'"),
        (["jbos"], "UsageError", 2, "no such command 'jbos'"),
    ],
)
def test_an_error_is_one_line_of_json(url: str, words: list[object], type: str, code: int, message: str) -> None:
    done = run(*words, "--json", ANYQPU_EMULATOR=url)
    assert (done.returncode, done.stdout) == (code, "")
    [record] = records(done.stderr)
    assert (record["type"], record["exit_code"], record["v"]) == (type, code, 1)
    assert message in record["message"]
    assert record["hint"]
    assert run(*words, ANYQPU_EMULATOR=url).returncode == code


def test_missing_credentials_have_the_exit_code_of_those() -> None:
    done = run("devices", "--json")
    [record] = records(done.stderr)
    assert (done.returncode, record["exit_code"], record["type"]) == (3, 3, "MissingCredentialsError")


def test_an_emulator_that_does_not_respond_is_said_so() -> None:
    done = run("devices", "--json", "--emulator-url", "http://127.0.0.1:9")
    [record] = records(done.stderr)
    assert (done.returncode, record["type"], record["exit_code"]) == (1, "ConnectError", 1)
    assert record["hint"] == "Start one with `anyqpu emulate`"


def test_a_job_that_fails_has_its_own_exit_code_and_handle(url: str) -> None:
    done = run("submit", BELL, "--device", QSIM, "--wait", "--timeout", 0, "--json", ANYQPU_EMULATOR=url)
    *notes, record = records(done.stderr)
    assert [list(note) for note in notes] == [["note"]]
    assert (done.returncode, record["type"], record["exit_code"]) == (5, "WaitTimeoutError", 5)
    assert record["handle"].startswith("anyqpu:kipu:job:")


def test_a_provider_that_fails_beside_others_is_a_line_without_an_exit_code(url: str) -> None:
    with running(speed="instant", require_token="right") as strict:
        done = run(
            *("devices", "--json"),
            KQH_PERSONAL_ACCESS_TOKEN="right",
            QHUB_QUANTUM_BASE_URL=f"{strict}/kipu/quantum",
            SCW_SECRET_KEY="wrong",
            SCW_API_URL=f"{strict}/scaleway",
        )
    assert done.returncode == 0
    assert json.loads(done.stdout)
    [record] = records(done.stderr)
    assert (record["provider"], record["type"]) == ("scaleway", "AuthenticationError")
    assert "exit_code" not in record


@pytest.mark.parametrize("words", [["emulate", "--speed", "warp"], ["demo", "--shots", "0"], ["demo", "nosuch.qasm"]])
def test_commands_without_a_provider_report_in_json_too(words: list[str]) -> None:
    done = run(*words, "--json")
    [record] = records(done.stderr)
    assert (done.returncode, record["exit_code"], done.stdout) == (2, 2, "")


def test_json_before_the_command_is_a_usage_error_in_json() -> None:
    done = run("--json", "devices")
    [record] = records(done.stderr)
    assert (done.returncode, record["message"]) == (2, "there is no option '--json'")
    assert record["hint"].startswith("Shared options follow the command: `anyqpu COMMAND --json`. See `anyqpu")


def test_a_word_after_the_options_is_not_an_option() -> None:
    done = run("jbos", "--", "--json")
    assert done.stderr.startswith("anyqpu: no such command 'jbos'")


def test_a_record_is_the_error_in_the_words_of_the_command_line() -> None:
    error = NotFoundError("no such job", provider="kipu", status_code=404, hint=Hint("client.jobs()", "`anyqpu jobs`"))
    assert error_record(error) == error.to_dict() | {"hint": "`anyqpu jobs`"}
    assert error_record(ConfigError("invalid option proxy"))["message"] == "invalid --proxy"
    assert error_record(ConfigError("x"))["hint"] is None
