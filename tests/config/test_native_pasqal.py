"""~/.pasqal/config."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import CANARY, Resolve, refused

FILE = ".pasqal/config"
CONTENT = """\
# comment
; comment too
username = ada

PASSWORD="p # = ;"
project_id='x'
auth_endpoint=https://auth.example.com/token
FRESNEL.token=of one backend
something else = 1
"""


def test_the_file(resolve: Resolve, write: Any) -> None:
    path = write(FILE, CONTENT)
    settings = resolve("pasqal")
    assert {name: setting.value for name, setting in settings.items()} == {
        "username": "ada",
        "password": "p # = ;",
        "project_id": "x",
        "auth_url": "https://auth.example.com/token",
    }
    assert settings.origin("password") == f"{path}, line 5 (password)"
    assert settings.origin("auth_url") == f"{path}, line 7 (auth_endpoint)"


def test_windows_line_ends_and_a_later_key_counts(resolve: Resolve, write: Any) -> None:
    path = write(FILE, "token=first\r\n\r\ntoken=second\r\n")
    settings = resolve("pasqal")
    assert settings.get_value("token") == "second"
    assert settings.origin("token") == f"{path}, line 3 (token)"


def test_an_endpoint_may_lack_its_scheme(resolve: Resolve, write: Any) -> None:
    write(FILE, "auth_endpoint=authenticate.pasqal.cloud/oauth/token")
    assert resolve("pasqal").get_value("auth_url") == "https://authenticate.pasqal.cloud/oauth/token"


@pytest.mark.parametrize("root", ["{home}/elsewhere", "~/elsewhere", "$BASE/elsewhere", "${{BASE}}/elsewhere"])
def test_the_directory_around_it_can_be_elsewhere(resolve: Resolve, write: Any, home: Any, root: str) -> None:
    write(f"elsewhere/{FILE}", "token=t")
    environ = {"PASQAL_CONFIG_ROOT": root.format(home=home), "BASE": str(home)}
    assert resolve("pasqal", environ).get_value("token") == "t"


def test_home_itself_can_be_named(resolve: Resolve, write: Any) -> None:
    write(FILE, "token=t")
    assert resolve("pasqal", {"PASQAL_CONFIG_ROOT": "~"}).get_value("token") == "t"


def test_the_environment_lies_over_the_file(resolve: Resolve, write: Any) -> None:
    write(FILE, CONTENT)
    settings = resolve("pasqal", {"PASQAL_PROJECT_ID": "y", "PASQAL_REGION": "sa", "PASQAL_PULSER_ACCESS_TOKEN": "ovh"})
    assert settings.get_value("project_id") == "y"
    assert settings.get_value("region") == "sa"
    # The token of the environment, not the password of the file.
    assert settings.get_value("token") == "ovh"
    assert "password" not in settings


@pytest.mark.parametrize("line", [CANARY, f"={CANARY}", f"token: {CANARY}"])
def test_a_line_without_an_assignment_is_named(resolve: Resolve, write: Any, line: str) -> None:
    path = write(FILE, f"# comment\n{line}\n")
    assert f"{path}, line 2: the file is not a list of key=value lines" in refused(resolve, "pasqal")


def test_a_file_other_than_text_is_named(resolve: Resolve, write: Any) -> None:
    path = write(FILE, f"token={CANARY}\n".encode("utf-16"))
    assert f"{path}, line 1: the file is not UTF-8" in refused(resolve, "pasqal")


def test_a_directory_that_the_variable_names_must_have_the_file(resolve: Resolve, write: Any, home: Any) -> None:
    write(FILE, CONTENT)
    said = refused(resolve, "pasqal", {"PASQAL_CONFIG_ROOT": str(home / "none")})
    assert f"PASQAL_CONFIG_ROOT leads to the file {home / 'none' / '.pasqal' / 'config'}, which does not exist" in said
