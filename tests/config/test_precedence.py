"""argument > environment > our profile > the cloud's own files, and which credentials are used of several."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import anyqpu
from anyqpu import config
from anyqpu.config.credentials import merge
from anyqpu.errors import ConfigError

from .conftest import CANARY, Resolve, refused

SPECS = anyqpu.available_providers()
PROVIDERS = tuple(SPECS)
PLACES = ("argument", "environment variable", "anyqpu", ".pasqal")


@pytest.mark.parametrize("provider", PROVIDERS)
def test_with_nothing_there_is_nothing(resolve: Resolve, provider: str) -> None:
    settings = resolve(provider)
    assert not settings
    assert settings.profile is None
    assert not config.has_credentials(settings)


@given(st.sets(st.integers(0, 3)), st.sets(st.integers(0, 3)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
def test_the_first_place_that_has_a_value_wins(write: Any, resolve: Resolve, full: set[int], empty: set[int]) -> None:
    """Each of the four places has the project, or has it empty, or does not have it."""
    values = {n: f"p{n}" if n in full else "" for n in full | empty}
    write(".config/anyqpu/config.toml", f"profiles.default.pasqal = {{ project_id = '{values.get(2, '')}' }}")
    write(".pasqal/config", f"project_id={values.get(3, '')}")
    environ = {"PASQAL_PROJECT_ID": values[1]} if 1 in values else {}
    result = resolve("pasqal", environ, project_id=values.get(0))

    assert result.get_value("project_id") == (f"p{min(full)}" if full else None)
    origin = result.origin("project_id")
    assert PLACES[min(full)] in origin if full and origin else not full


@given(
    provider=st.sampled_from(PROVIDERS),
    data=st.data(),
)
def test_what_is_used_is_never_taken_from_below_something_usable(provider: str, data: st.DataObject) -> None:
    """Whatever lies where: a value comes from the first place that has it, and a given way is not passed over."""
    some = st.dictionaries(
        st.sampled_from(config.names(provider)), st.builds(config.Setting, st.text(min_size=1), st.just("here"))
    )
    layers = data.draw(st.lists(some, min_size=4, max_size=4))
    settings = merge(provider, layers)

    for name, setting in settings.items():
        assert setting is next(layer[name] for layer in layers if name in layer)
    credentials = {name for way in SPECS[provider].credential_sets for name in way}
    for name in {name for layer in layers for name in layer} - credentials:
        assert name in settings
    for name in layers[0]:
        if name in credentials - {"client_id"}:
            assert name in settings
    usable = [
        way for way in SPECS[provider].credential_sets if all(any(name in layer for layer in layers) for name in way)
    ]
    if usable and not layers[0].keys() & credentials:
        assert any(settings.keys() >= set(way) for way in usable)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_variable_is_read_and_the_first_wins(resolve: Resolve, provider: str) -> None:
    for name, variables in SPECS[provider].environment.items():
        for n, variable in enumerate(variables):
            environ = {later: f"value of {later}" for later in variables[n:]}
            settings = resolve(provider, environ)
            assert settings.get_value(name) == f"value of {variable}"
            assert settings.origin(name) == f"environment variable {variable}"


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_name_is_taken_as_an_argument(resolve: Resolve, provider: str) -> None:
    for name in config.names(provider):
        settings = resolve(provider, **{name: "x"})
        assert settings.get_value(name) == "x"
        assert settings.origin(name) == f"argument {name}"


@pytest.mark.parametrize("empty", ["", " \n", None])
def test_an_empty_value_counts_as_not_given(resolve: Resolve, empty: str | None) -> None:
    environ = {"SCW_SECRET_KEY": empty or "", "CIRQ_SCALEWAY_SECRET_KEY": "key"}
    assert resolve("scaleway", environ, secret_key=empty).origin("secret_key") == (
        "environment variable CIRQ_SCALEWAY_SECRET_KEY"
    )


def test_white_space_around_a_value_is_dropped_but_a_password_may_have_it(resolve: Resolve) -> None:
    settings = resolve(
        "pasqal", {"PASQAL_TOKEN": "t\n", "PASQAL_PASSWORD": " p "}, username=" ada ", project_id="x\r\n"
    )
    assert settings.get_value("project_id") == "x"
    assert settings.get_value("username") == "ada"
    assert settings.get_value("password") == " p "


def test_an_unknown_argument_lists_those_that_there_are(resolve: Resolve) -> None:
    message = r"kipu takes no tokn \(did you mean token=\?\); there are token, organization_id, .*base_url"
    with pytest.raises(TypeError, match=message):
        resolve("kipu", tokn="x")


def test_an_argument_other_than_text_is_refused_without_showing_it(resolve: Resolve) -> None:
    with pytest.raises(TypeError, match="token must be a text, not bytes") as caught:
        resolve("kipu", token=CANARY.encode())  # type: ignore[arg-type]
    assert CANARY not in str(caught.value)


def test_an_unknown_cloud_is_named_with_those_that_there_are(resolve: Resolve) -> None:
    with pytest.raises(ConfigError, match=r"unknown provider 'ibm'"):
        resolve("ibm")


@pytest.mark.parametrize(
    ("environ", "arguments", "used"),
    [
        # A name and password in code are meant, whatever token is set elsewhere.
        ({"PASQAL_TOKEN": "t"}, {"username": "ada", "password": "p"}, {"username", "password"}),
        # Only a token is given in code: it is used, and nothing of the others stays beside it.
        ({"PASQAL_USERNAME": "ada", "PASQAL_PASSWORD": "p"}, {"token": "t"}, {"token"}),
        # Name in code, password in the environment.
        ({"PASQAL_PASSWORD": "p", "PASQAL_TOKEN": "t"}, {"username": "ada"}, {"username", "password"}),
        # A name alone is of no use, so the token is used, unless the name was given in code.
        ({"PASQAL_USERNAME": "ada", "PASQAL_TOKEN": "t"}, {}, {"token"}),
        ({"PASQAL_TOKEN": "t"}, {"username": "ada"}, {"username"}),
        # From one place, both are kept.
        ({"PASQAL_USERNAME": "a", "PASQAL_PASSWORD": "p", "PASQAL_TOKEN": "t"}, {}, {"username", "password", "token"}),
    ],
)
def test_of_several_ways_to_log_in_the_one_found_higher_up_is_used(
    resolve: Resolve, environ: dict[str, str], arguments: dict[str, str], used: set[str]
) -> None:
    settings = resolve("pasqal", environ, **arguments)
    assert settings.keys() == used
    assert config.has_credentials(settings) is (used != {"username"})


@pytest.mark.parametrize(
    ("provider", "arguments", "expected"),
    [
        ("scaleway", {"secret_key": "x"}, True),
        ("scaleway", {"access_key": "x", "project_id": "x"}, False),
        ("kipu", {"token": "x"}, True),
        ("kipu", {"username": "x", "password": "x"}, True),
        ("kipu", {"username": "x", "client_id": "x"}, False),
        ("pasqal", {"token": "x"}, True),
        ("pasqal", {"username": "x", "password": "x"}, True),
        ("pasqal", {"password": "x"}, False),
        ("rigetti", {"access_token": "x"}, True),
        ("rigetti", {"refresh_token": "x"}, True),
        ("rigetti", {"client_id": "x", "client_secret": "x"}, True),
        ("rigetti", {"client_id": "x"}, False),
    ],
)
def test_has_credentials(resolve: Resolve, provider: str, arguments: dict[str, str], expected: bool) -> None:
    assert config.has_credentials(resolve(provider, **arguments)) is expected


@pytest.mark.parametrize(
    ("provider", "places"),
    [
        (
            "scaleway",
            ("(secret_key)", "SCW_SECRET_KEY", "SCALEWAY_CLOUD_TOKEN", "anyqpu/config.toml", ".config/scw/config.yaml"),
        ),
        (
            "kipu",
            (
                "(token; username and password)",
                "KQH_PERSONAL_ACCESS_TOKEN",
                "qhubctl/config.json",
                "planqk/config.json",
            ),
        ),
        ("pasqal", ("(token; username and password)", "PASQAL_TOKEN", "PASQAL_PASSWORD", ".pasqal/config (not there)")),
        ("rigetti", ("access_token", "client_secret", "QCS_REFRESH_TOKEN", ".qcs/settings.toml", ".qcs/secrets.toml")),
    ],
)
def test_missing_names_every_place(resolve: Resolve, home: Path, provider: str, places: tuple[str, ...]) -> None:
    error = config.missing(provider, resolve(provider))
    assert error.provider == provider
    for place in (*places, str(home), "emulator=True"):
        assert place in str(error).replace("\\", "/") or place == str(home)


def test_missing_names_the_profile_and_what_is_half_there(resolve: Resolve, write: Any) -> None:
    write(".config/anyqpu/config.toml", f"[profiles.work.pasqal]\npassword = '{CANARY}'")
    said = str(config.missing("pasqal", resolve("pasqal", profile="work")))
    assert "nor profile 'work' nor files (" in said
    assert "line 2 (profiles.work.pasqal.password)), but no username" in said
    assert CANARY not in said


@pytest.mark.parametrize("provider", PROVIDERS)
def test_no_secret_is_shown(resolve: Resolve, provider: str) -> None:
    secrets = {"token", "secret_key", "password", "access_token", "refresh_token", "client_secret"}
    for name in secrets & set(config.names(provider)):
        settings = resolve(provider, **{name: CANARY})
        assert (
            CANARY
            not in f"{settings!r}{settings}{settings.describe()}{settings[name]!r}{config.missing(provider, settings)}"
        )


def test_a_broken_file_is_an_error_also_if_it_was_not_needed(resolve: Resolve, write: Any) -> None:
    write(".qcs/secrets.toml", f"{CANARY} = = 1")
    assert "secrets.toml, line 1: the file is not TOML" in refused(
        resolve, "rigetti", {"QCS_ACCESS_TOKEN": CANARY, "QCS_CLIENT_SECRET": CANARY}
    )


def test_an_argument_is_not_shown_by_local_variables_when_a_file_is_broken(home: Path, write: Any) -> None:
    write(".pasqal/config", CANARY)

    def frames() -> str:
        with pytest.raises(ConfigError) as caught:
            config.resolve("pasqal", {"token": CANARY}, environ={"PASQAL_PASSWORD": CANARY}, home=home)
        entries = [entry for entry in caught.traceback if "anyqpu" in str(entry.path) and entry.name == "resolve"]
        assert entries
        return repr([entry.locals for entry in entries])

    assert CANARY not in frames()


def test_the_process_environment_and_home_are_the_default(
    monkeypatch: pytest.MonkeyPatch, home: Path, write: Any
) -> None:
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("PASQAL_TOKEN", "t")
    write(".pasqal/config", "project_id=p")
    settings = config.resolve("pasqal", {})
    assert settings.get_value("token") == "t"
    assert settings.origin("project_id") == f"{home / '.pasqal' / 'config'}, line 1 (project_id)"


def test_importing_is_light() -> None:
    """What is needed for a file is imported when there is one."""
    code = "import sys, anyqpu.config; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"httpx", "anyio", "yaml", "json", "tomllib", "difflib"} & set(modules)
