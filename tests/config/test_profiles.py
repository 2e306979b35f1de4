"""Our own file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from anyqpu.config import files

from .conftest import CANARY, Resolve, refused

FILE = ".config/anyqpu/config.toml"
TWO = """\
default_profile = "work"

[profiles.work.kipu]
token = "of work"
organization_id = "o"

[profiles.home.kipu]
token = "of home"
"""


def test_the_default_profile_is_used(resolve: Resolve, write: Any) -> None:
    path = write(FILE, TWO)
    settings = resolve("kipu")
    assert settings.profile == "work"
    assert settings.get_value("token") == "of work"
    assert settings.origin("token") == f"{path}, line 4 (profiles.work.kipu.token)"
    assert settings.origin("organization_id") == f"{path}, line 5 (profiles.work.kipu.organization_id)"


def test_argument_over_variable_over_default(resolve: Resolve, write: Any) -> None:
    write(FILE, TWO + "[profiles.third]\n[profiles.default.kipu]\ntoken = 'of default'\n")
    assert resolve("kipu", {"ANYQPU_PROFILE": "home"}).get_value("token") == "of home"
    assert resolve("kipu", {"ANYQPU_PROFILE": ""}).profile == "work"
    assert resolve("kipu", {"ANYQPU_PROFILE": "home"}, profile="work").get_value("token") == "of work"
    assert resolve("kipu", profile="").profile == "work"
    # A profile need not say anything of every cloud.
    assert resolve("kipu", profile="third").get_value("token") is None
    assert resolve("pasqal", profile="home").profile == "home"


def test_without_a_choice_it_is_the_one_called_default_if_there_is_one(resolve: Resolve, write: Any) -> None:
    write(FILE, "[profiles.default.kipu]\ntoken = 't'\n")
    assert resolve("kipu").profile == "default"
    write(FILE, "[profiles.other.kipu]\ntoken = 't'\n")
    settings = resolve("kipu")
    assert settings.profile is None
    assert "token" not in settings


def test_the_file_can_be_elsewhere(resolve: Resolve, write: Any, tmp_path: Path) -> None:
    path = write("elsewhere.toml", TWO)
    assert resolve("kipu", {"ANYQPU_CONFIG_FILE": str(path)}).profile == "work"
    assert resolve("kipu", {"ANYQPU_CONFIG_FILE": "~/elsewhere.toml"}).profile == "work"
    write("xdg/anyqpu/config.toml", TWO)
    assert resolve("kipu", {"XDG_CONFIG_HOME": str(path.parent / "xdg")}).profile == "work"
    # The specification says that one that is not absolute is to be ignored.
    assert resolve("kipu", {"XDG_CONFIG_HOME": "xdg"}).profile is None


def test_on_windows_it_is_below_appdata(resolve: Resolve, write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "WINDOWS", True)
    path = write("roaming/anyqpu/config.toml", TWO)
    assert resolve("kipu", {"APPDATA": str(path.parents[1])}).profile == "work"
    write("AppData/Roaming/anyqpu/config.toml", "default_profile = 'a'\nprofiles.a = {}")
    assert resolve("kipu").profile == "a"


def test_a_byte_order_mark_is_accepted(resolve: Resolve, write: Any) -> None:
    write(FILE, b"\xef\xbb\xbf" + TWO.encode())
    assert resolve("kipu").profile == "work"


def test_lines_are_found_however_it_is_written(resolve: Resolve, write: Any) -> None:
    path = write(
        FILE,
        "# [profiles.x.kipu]\n"
        'default_profile = """\n'
        'x"""\n'
        "profiles.x.pasqal.region = 'fr'\n"
        "[ profiles . 'y' ]\n"
        "kipu = { token = 't' }\n"
        '["profiles".y.scaleway]\n'
        "  secret_key='s' # here\n",
    )
    assert resolve("pasqal", profile="x").origin("region") == f"{path}, line 4 (profiles.x.pasqal.region)"
    assert resolve("kipu", profile="y").origin("token") == f"{path}, line 6 (profiles.y.kipu.token)"
    assert resolve("scaleway", profile="y").origin("secret_key") == f"{path}, line 8 (profiles.y.scaleway.secret_key)"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"[profiles.work.kipu]\ntoken = '{CANARY}\n", ", line 2: the file is not TOML"),
        (f"[profiles.work.kipu]\ntoken = '''{CANARY}\n", "the file is not TOML"),
        (f"token = {'9' * 5000}", ": the file is not TOML"),
        ("a = " + "[" * 9000, ": the file is not TOML"),
        (b"# " + CANARY.encode() + b"\nx = '\xff'", ", line 2: the file is not UTF-8"),
        (f"[profile.work.kipu]\ntoken = '{CANARY}'", ", line 1: profile is not known. Did you mean 'profiles'?"),
        (
            f"\n[profiles.work.kipo]\ntoken = '{CANARY}'",
            ", line 2: profiles.work.kipo is not known. Did you mean 'kipu'?",
        ),
        (
            f"[profiles.work.kipu]\n\ntokne = '{CANARY}'",
            ", line 3: profiles.work.kipu.tokne is not known. Did you mean 'token'?",
        ),
        (
            f"[profiles.work.scaleway]\nqqq = '{CANARY}'",
            ", line 2: profiles.work.scaleway has an unknown key. There are secret_key, project_id",
        ),
        (f"[profiles.work.kipu]\n{CANARY} = ''", ", line 2: profiles.work.kipu has an unknown key. There are token"),
        (f"{CANARY} = ''", ", line 1: the file has an unknown key. There are default_profile, profiles"),
        (f"[profiles.work]\nkipu = '{CANARY}'", ", line 2: profiles.work.kipu is not a table of keys"),
        (f"profiles = ['{CANARY}']", ", line 1: profiles is not a table of keys"),
        ("[profiles.work.kipu]\ntoken = 5", ", line 2: profiles.work.kipu.token is not a text. Put it in quotes"),
        (f"[profiles.work]\nkipu = {{ token = ['{CANARY}'] }}", ", line 2: profiles.work.kipu.token is not a text"),
        ("default_profile = false", ", line 1: default_profile is not a text"),
        (
            "\ndefault_profile = 'wrk'\n[profiles.work]\n[profiles.home]",
            "config.toml has no profile 'wrk', which {path}, line 2 (default_profile) asks for. There are work, home",
        ),
        (
            "default_profile = 'wrk'",
            "has no profile 'wrk', which {path}, line 1 (default_profile) asks for. The file defines none",
        ),
    ],
)
def test_a_mistake_is_named_with_file_line_and_key(
    resolve: Resolve, write: Any, content: str | bytes, said: str
) -> None:
    path = write(FILE, content)
    # The other clouds' parts are looked at too.
    for provider in ("kipu", "rigetti"):
        text = refused(resolve, provider)
        assert str(path) in text
        assert said.format(path=path) in text


def test_a_requested_profile_must_exist(resolve: Resolve, write: Any, home: Path) -> None:
    assert "no profile 'a', which the argument profile asks for: there is no file" in refused(resolve, "kipu", {}, "a")
    said = refused(resolve, "kipu", {"ANYQPU_PROFILE": "a"})
    assert "no profile 'a', which environment variable ANYQPU_PROFILE asks for" in said
    assert str(home / FILE) in said
    write(FILE, TWO)
    said = refused(resolve, "kipu", {"ANYQPU_PROFILE": "work"}, "a")
    assert "has no profile 'a', which the argument profile asks for. There are work, home" in said
    assert "which environment variable ANYQPU_PROFILE asks for" in refused(resolve, "kipu", {"ANYQPU_PROFILE": "a"})


def test_a_file_that_a_variable_names_must_exist(resolve: Resolve, home: Path) -> None:
    path = home / "none.toml"
    assert f"environment variable ANYQPU_CONFIG_FILE names the file {path}, which does not exist" in refused(
        resolve, "kipu", {"ANYQPU_CONFIG_FILE": str(path)}
    )


def test_what_cannot_be_read_is_not_passed_over(resolve: Resolve, home: Path) -> None:
    (home / FILE).mkdir(parents=True)
    assert f"{home / FILE}: the file cannot be read: " in refused(resolve, "kipu")


def test_a_file_in_place_of_a_directory_counts_as_missing(resolve: Resolve, write: Any) -> None:
    write(".config/anyqpu", "")
    write(".config/qhubctl", "")
    assert not resolve("kipu")
