"""config.json of Kipu's tools."""

from __future__ import annotations

import json
from typing import Any

import pytest

from anyqpu.config import files

from .conftest import CANARY, Resolve, refused

FILE = ".config/qhubctl/config.json"


def content(token: str, is_organization: bool = True) -> str:
    context = {"id": "o", "displayName": 'of "auth": {[', "isOrganization": is_organization}
    return json.dumps({"context": context, "auth": {"value": token}, "endpoint": ["x", {"auth": 1}]}, indent=2)


def test_token_and_organization(resolve: Resolve, write: Any) -> None:
    path = write(FILE, content("t"))
    settings = resolve("kipu")
    assert settings.get_value("token") == "t"
    assert settings.get_value("organization_id") == "o"
    assert settings.origin("token") == f"{path}, line 8 (auth.value)"
    assert settings.origin("organization_id") == f"{path}, line 3 (context.id)"


def test_a_personal_account_has_no_organization(resolve: Resolve, write: Any) -> None:
    write(FILE, content("t", is_organization=False))
    assert resolve("kipu").keys() == {"token"}


@pytest.mark.parametrize("text", ["{}", '{"auth": null, "context": null}', '{"auth": {"value": ""}, "context": {}}'])
def test_logged_out_is_accepted(resolve: Resolve, write: Any, text: str) -> None:
    write(FILE, text)
    assert not resolve("kipu")


def test_the_organization_of_the_environment_needs_no_file(resolve: Resolve) -> None:
    assert resolve("kipu", {"PLANQK_ORGANIZATION_ID": "o"}).get_value("organization_id") == "o"


def test_which_file_is_read(resolve: Resolve, write: Any) -> None:
    legacy = write(".config/planqk/config.json", content("legacy"))
    assert resolve("kipu").get_value("token") == "legacy"
    write(FILE, content("current"))
    settings = resolve("kipu")
    assert settings.get_value("token") == "current"
    assert str(legacy) not in settings.looked_at
    planqk = {"PLANQK_CONFIG_FILE_PATH": str(write("planqk.json", content("planqk")))}
    assert resolve("kipu", planqk).get_value("token") == "planqk"
    kqh = {"KQH_CONFIG_FILE_PATH": str(write("kqh.json", content("kqh")))}
    assert resolve("kipu", planqk | kqh).get_value("token") == "kqh"


def test_on_windows_it_is_below_localappdata(resolve: Resolve, write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "WINDOWS", True)
    path = write("local/qhubctl/config.json", content("t"))
    assert resolve("kipu", {"LOCALAPPDATA": str(path.parents[1])}).get_value("token") == "t"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'{{"auth":\n{{"value": "{CANARY}"', ", line 2: the file is not JSON"),
        ("", ", line 1: the file is not JSON"),
        (f'{{"auth": {"9" * 5000}}}', ": the file is not JSON"),
        ("[" * 100_000, ": the file is not JSON"),
        (f'["{CANARY}"]', ": the file is not a table of keys"),
        (f'{{\n"auth": "{CANARY}"}}', ", line 2: auth is not a table of keys"),
        (f'{{\n"auth":\n{{"value": ["{CANARY}"]}}}}', ", line 3: auth.value is not a text"),
        ('{"context": {"isOrganization": 1}}', ", line 1: context.isOrganization is neither true nor false"),
        (
            '{"context": {\n"isOrganization": true,\n"id": 5}, "auth": {"id": 1}}',
            ", line 3: context.id is not a text",
        ),
    ],
)
def test_a_mistake_is_named_with_file_line_and_key(resolve: Resolve, write: Any, text: str, said: str) -> None:
    path = write(FILE, text)
    assert f"{path}{said}" in refused(resolve, "kipu")


@pytest.mark.parametrize("variable", ["KQH_CONFIG_FILE_PATH", "PLANQK_CONFIG_FILE_PATH"])
def test_a_file_that_a_variable_names_must_exist(resolve: Resolve, write: Any, home: Any, variable: str) -> None:
    write(FILE, content("t"))
    assert f"environment variable {variable} names the file {home / 'none'}, which does not exist" in refused(
        resolve, "kipu", {variable: str(home / "none")}
    )
