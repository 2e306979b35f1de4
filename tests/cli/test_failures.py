"""A list over several providers: which failures are warnings, and when the command fails."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from anyqpu_emulator.server import running
from tests.cli.shell import out, run

LISTS = (["devices"], ["jobs"], ["sessions"], ["reservations"])

SECRETS = {"kipu": "KQH_PERSONAL_ACCESS_TOKEN", "rigetti": "QCS_ACCESS_TOKEN", "scaleway": "SCW_SECRET_KEY"}
ASKED = {
    "devices": ["kipu", "rigetti", "scaleway"],
    "jobs": ["kipu", "scaleway"],
    "sessions": ["kipu", "scaleway"],
    "reservations": ["rigetti", "scaleway"],
}


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    """Variables for four clouds that accept the credential `right` only."""
    with running(speed="instant", require_token="right") as url:
        yield {
            "KQH_PERSONAL_ACCESS_TOKEN": "right",
            "QHUB_QUANTUM_BASE_URL": f"{url}/kipu/quantum",
            "SCW_SECRET_KEY": "right",
            "SCW_DEFAULT_PROJECT_ID": "22222222-2222-4222-8222-222222222222",
            "SCW_API_URL": f"{url}/scaleway",
            "QCS_ACCESS_TOKEN": "right",
            "QCS_SETTINGS_APPLICATIONS_API_URL": f"{url}/rigetti",
        }


def wrong(environment: dict[str, str], *names: str) -> dict[str, str]:
    return {**environment, **dict.fromkeys(names, "wrong")}


@pytest.mark.parametrize("options", [[], ["--json"]])
@pytest.mark.parametrize("command", LISTS, ids=" ".join)
def test_a_list_fails_if_all_queries_failed(
    environment: dict[str, str], command: list[str], options: list[str]
) -> None:
    """Rigetti has no list of jobs and no sessions, and Kipu has no reservations: they are not queried."""
    queried = ASKED[command[0]]
    done = run(*command, *options, **wrong(environment, *(SECRETS[provider] for provider in queried)))
    assert (done.returncode, done.stdout) == (3, "")
    lines = done.stderr.splitlines()
    names = [json.loads(line)["provider"] for line in lines] if options else [line.split()[1] for line in lines]
    assert sorted(names) == queried
    assert "SCW_SECRET_KEY" in done.stderr


@pytest.mark.parametrize("command", LISTS, ids=" ".join)
def test_a_list_succeeds_with_a_warning_if_one_failed(environment: dict[str, str], command: list[str]) -> None:
    some = wrong(environment, "SCW_SECRET_KEY")
    done = run(*command, "--json", **some)
    assert done.returncode == 0
    assert isinstance(json.loads(done.stdout), list)
    (warning,) = done.stderr.splitlines()
    record = json.loads(warning)
    assert record["provider"] == "scaleway"
    settings = "Settings in use: secret_key (environment variable SCW_SECRET_KEY), project_id"
    assert settings in record["hint"]
    (warning,) = run(*command, "--quiet", **some).stderr.splitlines()
    assert warning.startswith("anyqpu: scaleway ")
    assert settings in warning


@pytest.mark.parametrize("command", LISTS, ids=" ".join)
def test_a_list_without_failures_says_nothing(environment: dict[str, str], command: list[str]) -> None:
    assert isinstance(json.loads(out(*command, "--json", **environment)), list)


def test_a_list_that_no_provider_has_fails(environment: dict[str, str]) -> None:
    only = {name: value for name, value in environment.items() if name.startswith("QCS_")}
    done = run("jobs", **only)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Keep the handle that `anyqpu submit` prints" in done.stderr
