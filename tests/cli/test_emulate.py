"""`anyqpu emulate`: its banner, and the settings of the clouds' own clients."""

from __future__ import annotations

import base64
import json
import re
import shlex
import subprocess
import time
import tomllib
from collections.abc import Iterator

import httpx
import pytest

from anyqpu_emulator import server
from tests.cli.shell import out, read, run

CLOUDS = ("scaleway", "kipu", "pasqal", "rigetti")
TOKEN = "11111111-2222-4333-8444-555555555555"


@pytest.fixture(scope="module", params=[None, TOKEN], ids=["any token", "one token"])
def emulator(request: pytest.FixtureRequest) -> Iterator[tuple[str, list[str]]]:
    """The address of an emulator, and the options with which its settings are printed."""
    with server.running(speed="instant", require_token=request.param) as url:
        port = url.rpartition(":")[2]
        yield url, ["--port", port, *(["--require-token", request.param] if request.param else [])]


def exports(printed: str) -> dict[str, str]:
    """The variables that a shell sets."""
    script = f"env -i sh -c {shlex.quote(printed + chr(10) + 'env')}"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=60, check=True)
    return dict(
        line.split("=", 1) for line in done.stdout.splitlines() if not line.startswith(("PWD=", "_=", "SHLVL="))
    )


@pytest.mark.parametrize("cloud", CLOUDS)
def test_the_settings_of_a_cloud_are_read_by_a_shell_and_its_check_works(
    emulator: tuple[str, list[str]], cloud: str
) -> None:
    url, options = emulator
    printed = out("emulate", "--env", cloud, *options)
    assert printed.startswith("# ")
    variables = exports(printed)
    assert set(variables.values()) & {f"{url}/{cloud}", f"{url}/kipu/quantum", f"{url}/pasqal/core-fast"}
    [check] = re.findall(r"^# check: (.*)$", printed, re.MULTILINE)
    response = subprocess.run(shlex.split(check), capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(response.stdout)
    as_json = read("emulate", "--env", cloud, *options)
    assert as_json["environment"] == variables
    # Our own client connects with them.
    assert read("devices", cloud, **variables) or cloud == "rigetti"


def test_rigetti_s_files_have_a_good_token_and_agree_with_the_variables(emulator: tuple[str, list[str]]) -> None:
    url, options = emulator
    settings = read("emulate", "--env", "pyquil", *options)
    files = {name: tomllib.loads(text) for name, text in settings["files"].items()}
    profile = files["settings.toml"]["profiles"]["default"]
    assert profile["api_url"] == settings["environment"]["QCS_SETTINGS_APPLICATIONS_API_URL"] == f"{url}/rigetti"
    assert profile["grpc_api_url"] == settings["environment"]["QCS_SETTINGS_APPLICATIONS_GRPC_URL"] == settings["grpc"]
    token = files["secrets.toml"]["credentials"]["default"]["token_payload"]["access_token"]
    head, claims, _signature = (part + "=" * (-len(part) % 4) for part in token.split("."))
    assert json.loads(base64.urlsafe_b64decode(head))["alg"] == "RS256"
    read_claims = json.loads(base64.urlsafe_b64decode(claims))
    assert read_claims["exp"] > time.time() + 3600
    assert read_claims["iss"] == files["settings.toml"]["auth_servers"]["default"]["issuer"]
    printed = out("emulate", "--env", "rigetti", *options)
    for line in settings["files"]["settings.toml"].splitlines():
        assert f"#   {line}" in printed


def test_names_of_clients_and_an_unknown_one(emulator: tuple[str, list[str]]) -> None:
    url, options = emulator
    assert out("emulate", "--env", "qiskit-scaleway", *options) == out("emulate", "--env", "scaleway", *options)
    assert out("emulate", "--env", "perceval", *options).count("# perceval: ") == 2
    assert exports(out("emulate", "--env", "anyqpu", *options)) == {"ANYQPU_EMULATOR": url}
    done = run("emulate", "--env", "pyquill", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "anyqpu: there is no client 'pyquill'. Did you mean 'pyquil'?\n"


def test_settings_with_credentials_need_the_token_and_come_from_this_machine(emulator: tuple[str, list[str]]) -> None:
    url, options = emulator
    if "--require-token" in options:
        done = run("emulate", "--env", "kipu", *options[:2])
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "anyqpu: this emulator requires a token. Give it with --require-token\n"
        assert TOKEN not in httpx.get(f"{url}/_control/clients", trust_env=False).text
    for headers in ({"host": "evil.example"}, {"origin": "http://evil.example"}):
        headers["authorization"] = f"Bearer {TOKEN}"
        assert httpx.get(f"{url}/_control/clients", headers=headers, trust_env=False).status_code in {403, 421}


def test_no_emulator_is_one_line() -> None:
    done = run("emulate", "--env", "kipu", "--port", "9")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "anyqpu: no emulator responds at http://127.0.0.1:9. Start one with `anyqpu emulate`\n"


@pytest.mark.parametrize("require", [None, TOKEN])
def test_the_banner_fits_a_small_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], require: str | None
) -> None:
    monkeypatch.setattr("uvicorn.Server.run", lambda self, sockets: None)
    server.serve(port=0, require_token=require)
    printed = capsys.readouterr().out
    lines = printed.splitlines()
    assert len(lines) < 24
    assert max(map(len, lines)) <= 80
    assert all(f"/{cloud}" in printed for cloud in CLOUDS)
    assert "anyqpu emulate --env NAME" in printed
    # Our own client has no credentials for an emulator that requires a token, which is not printed.
    assert ("export ANYQPU_EMULATOR=http://127.0.0.1:" in printed) is (require is None)
    assert TOKEN not in printed
