"""config.yaml of Scaleway's tools."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import CANARY, Resolve, refused

FILE = ".config/scw/config.yaml"
CONTENT = """\
# comment
access_key: SCWROOT
secret_key: of root
default_organization_id: org
default_project_id: project of root
api_url: https://api.example.com
send_telemetry: true
profiles:
  work:
    secret_key: of work
    default_project_id: project of work
    default_region: fr-par
  other:
    secret_key: ""
  empty:
"""


def test_the_part_outside_of_all_profiles(resolve: Resolve, write: Any) -> None:
    path = write(FILE, CONTENT)
    settings = resolve("scaleway")
    assert {name: setting.value for name, setting in settings.items()} == {
        "access_key": "SCWROOT",
        "secret_key": "of root",
        "organization_id": "org",
        "project_id": "project of root",
        "base_url": "https://api.example.com",
    }
    assert settings.origin("secret_key") == f"{path}, line 3 (secret_key)"


@pytest.mark.parametrize(
    ("active", "variable", "project"),
    [
        ("", "work", "work"),
        ("active_profile: work\n", "", "work"),
        ("active_profile: work\n", "other", "root"),
        ("active_profile: work\n", "empty", "root"),
        ("active_profile: work\n", "default", "root"),
        ("active_profile: default\n", "", "root"),
        ("active_profile:\n", "", "root"),
    ],
)
def test_the_profile_lies_over_it(resolve: Resolve, write: Any, active: str, variable: str, project: str) -> None:
    path = write(FILE, CONTENT + active)
    settings = resolve("scaleway", {"SCW_PROFILE": variable})
    assert settings.get_value("project_id") == f"project of {project}"
    assert settings.get_value("secret_key") == f"of {project}"
    assert settings.get_value("access_key") == "SCWROOT"
    if project == "work":
        assert settings.origin("secret_key") == f"{path}, line 10 (profiles.work.secret_key)"


def test_the_file_can_be_elsewhere(resolve: Resolve, write: Any) -> None:
    named = write("named.yaml", "secret_key: named")
    write("xdg/scw/config.yaml", "secret_key: xdg")
    environ = {"XDG_CONFIG_HOME": str(named.parent / "xdg")}
    assert resolve("scaleway", environ).get_value("secret_key") == "xdg"
    assert resolve("scaleway", environ | {"SCW_CONFIG_PATH": str(named)}).get_value("secret_key") == "named"


def test_the_environment_lies_over_the_file(resolve: Resolve, write: Any) -> None:
    write(FILE, CONTENT)
    settings = resolve("scaleway", {"SCW_PROJECT_ID": "p", "SCW_API_URL": "http://127.0.0.1"})
    assert settings.get_value("project_id") == "p"
    assert settings.get_value("base_url") == "http://127.0.0.1"
    assert settings.get_value("secret_key") == "of root"


def test_keys_may_come_from_an_anchor(resolve: Resolve, write: Any) -> None:
    path = write(FILE, "base: &base\n  secret_key: s\nprofiles:\n  a:\n    <<: *base\nself: &self [*self]\n")
    settings = resolve("scaleway", {"SCW_PROFILE": "a"})
    assert settings.origin("secret_key") == f"{path}, line 2 (profiles.a.secret_key)"


def test_an_empty_file_says_nothing(resolve: Resolve, write: Any) -> None:
    write(FILE, "# nothing\n")
    assert not resolve("scaleway")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"a: 1\nsecret_key: [{CANARY}\n", ", line 3: the file is not YAML"),
        (f"a: 1\nsecret_key: *{CANARY}\n", ", line 2: the file is not YAML"),
        (f"secret_key: !!python/name:{CANARY} ''\n", ", line 1: the file is not YAML"),
        (f"a: 2024-13-45\nb: {CANARY}", ": the file is not YAML"),
        (f"a: !!bool {CANARY}", ": the file is not YAML"),
        (f"a: \x01{CANARY}", ": the file is not YAML"),
        (f"secret_key: {CANARY}\n---\na: 1", ", line 2: the file is not YAML"),
        (CANARY, ": the file is not a table of keys"),
        (f"- {CANARY}", ": the file is not a table of keys"),
        ("a: 1\nsecret_key: 5", ", line 2: secret_key is not a text. Put it in quotes"),
        (f"secret_key: [{CANARY}]", ", line 1: secret_key is not a text"),
        (
            "profiles:\n  work:\n    secret_key: 5\nactive_profile: work",
            ", line 3: profiles.work.secret_key is not a te",
        ),
        (f"profiles: {CANARY}", ", line 1: profiles is not a table of keys"),
        (f"active_profile: work\nprofiles:\n  work: {CANARY}", ", line 3: profiles.work is not a table of keys"),
        (
            "profiles:\n  a:\n  b:\nactive_profile: c",
            "config.yaml has no profile 'c', which {path}, line 4 (active_profile) asks for. There are a, b",
        ),
        ("active_profile: [c]", ", line 1: active_profile is not a text"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_key(resolve: Resolve, write: Any, content: str, said: str) -> None:
    path = write(FILE, content)
    text = refused(resolve, "scaleway")
    assert str(path) in text
    assert said.format(path=path) in text


def test_what_a_variable_asks_for_must_exist(resolve: Resolve, write: Any, home: Any) -> None:
    said = refused(resolve, "scaleway", {"SCW_PROFILE": "work"})
    assert f"no profile 'work', which environment variable SCW_PROFILE asks for: there is no file {home / FILE}" in said
    assert "SCW_CONFIG_PATH names the file" in refused(resolve, "scaleway", {"SCW_CONFIG_PATH": str(home / "none")})
    assert not resolve("scaleway", {"SCW_PROFILE": "default"})
    write(FILE, CONTENT)
    said = refused(resolve, "scaleway", {"SCW_PROFILE": "wrk"})
    assert "has no profile 'wrk', which environment variable SCW_PROFILE asks for. There are work, other, empty" in said
