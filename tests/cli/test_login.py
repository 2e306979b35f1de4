"""`anyqpu login`: credentials are typed unseen, checked, and saved to a private file or the system keyring."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest

from anyqpu import config
from anyqpu.config import profiles
from anyqpu.errors import ConfigError
from anyqpu_cli.profile_file import ProfileFile
from anyqpu_emulator.server import running
from tests.cli.shell import COMMAND, ROOT, converse, environment_of, out, run, within
from tests.support import forks

SECRET = "canary-7c1f"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """An emulator that accepts one credential."""
    with running(speed="instant", require_token=SECRET) as address:
        yield address


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "anyqpu" / "config.toml"
    monkeypatch.setenv("ANYQPU_CONFIG_FILE", str(path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("ANYQPU_PROFILE", raising=False)
    return path


def piped(text: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `anyqpu login` with a standard input."""
    variables = environment_of(**environment)
    return forks.run(["login", *arguments], folder="/", environment=variables, timeout=120, text=text)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_token_is_typed_unseen_checked_and_saved(url: str, file: Path) -> None:
    there = {"QHUB_QUANTUM_BASE_URL": f"{url}/kipu/quantum"}
    typed = [("Which", "1"), ("token (not shown)", SECRET), ("organization_id (Enter for none)", "")]
    code, printed, seen = converse("login", "kipu", typed=typed, **there)
    assert (code, SECRET in seen) == (0, False), seen
    assert printed == (
        f"kipu: The credentials are accepted: requested its jobs. Saved token in {file} (profile default)\n"
    )
    assert "https://docs.hub.kipu-quantum.com" in seen
    assert file.read_text() == f'[profiles.default.kipu]\ntoken = "{SECRET}"\n'
    assert (mode_of(file), mode_of(file.parent)) == (0o600, 0o700)
    assert json.loads(out("devices", "kipu", "--json", **there))


def test_credentials_that_are_not_accepted_are_not_saved(url: str, file: Path) -> None:
    typed = [("Which", "1"), ("token (not shown)", "canary-wrong"), ("organization_id", "")]
    code, printed, seen = converse("login", "kipu", typed=typed, QHUB_QUANTUM_BASE_URL=f"{url}/kipu/quantum")
    assert (code, printed, file.exists()) == (3, "", False), seen
    assert "canary-wrong" not in seen


def test_ctrl_c_leaves_the_file_as_it_was(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("# mine\n")
    typed = [("Which", "2"), ("username: ", "ada"), ("password (not shown)", "\x03")]
    code, printed, seen = converse("login", "pasqal", typed=typed)
    assert (code, printed, seen.splitlines()[-1]) == (130, "", "anyqpu: interrupted")
    assert (file.read_text(), os.listdir(file.parent)) == ("# mine\n", [file.name])


def test_without_a_provider_it_asks(file: Path) -> None:
    typed = [("Provider: ", "scaleway"), ("secret_key (not shown)", SECRET)]
    typed += [("project_id (Enter for none)", "p"), ("organization_id (Enter for none)", "")]
    code, _, seen = converse("login", "--no-check", typed=typed)
    assert code == 0, seen
    assert all(provider in seen for provider in ("kipu", "pasqal", "rigetti", "scaleway"))
    assert "https://console.scaleway.com/iam/api-keys" in seen
    settings = config.resolve("scaleway", {})
    assert {name: setting.value for name, setting in settings.items()} == {"secret_key": SECRET, "project_id": "p"}


def test_without_a_terminal_it_refuses_and_reads_standard_input_only_on_request(file: Path) -> None:
    done = piped(SECRET, "kipu", "--no-check")
    assert (done.returncode, done.stdout, file.exists()) == (2, "", False)
    assert done.stderr == (
        "anyqpu: there is no terminal to type credentials on. Pass them on standard input with --stdin\n"
    )
    done = piped(f"{SECRET}\n", "kipu", "--no-check", "--stdin", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "provider": "kipu",
        "profile": "default",
        "file": str(file),
        "settings": ["token"],
        "keyring": [],
        "requested": None,
    }
    assert SECRET not in done.stdout + done.stderr
    assert config.resolve("kipu", {}).get_value("token") == SECRET


def test_pairs_on_standard_input(file: Path) -> None:
    done = piped(f"username=ada\npassword={SECRET}=x\n", "pasqal", "--no-check", "--stdin", "--set", "region=fr")
    assert done.returncode == 0, done.stderr
    settings = config.resolve("pasqal", {})
    values = {name: setting.value for name, setting in settings.items()}
    assert values == {"username": "ada", "password": f"{SECRET}=x", "region": "fr"}


@pytest.mark.parametrize(
    ("text", "arguments", "message"),
    [
        ("", ["kipu"], "standard input is empty"),
        (f"{SECRET}\n{SECRET}\n", ["kipu"], "a line of standard input is not NAME=VALUE"),
        (f"token={SECRET}\n{SECRET}\n", ["kipu"], "line 2 of standard input is not NAME=VALUE"),
        (f"username={SECRET}", ["pasqal"], "the credentials are incomplete"),
        (SECRET, [], "--stdin needs the name of a provider"),
        (SECRET, ["kipo"], "there is no provider 'kipo'. Did you mean 'kipu'?"),
        (SECRET, ["kipu", "--set", f"token={SECRET}"], "token is a credential, which the shell's history would keep"),
        (SECRET, ["kipu", "--set", "regoin=fr"], "'regoin' is not a setting of kipu"),
        (f"{SECRET}\x07", ["kipu"], "the token has a control character"),
    ],
)
def test_what_cannot_be_read_is_one_line_without_the_secret(
    file: Path, text: str, arguments: list[str], message: str
) -> None:
    done = piped(text, *arguments, "--stdin", "--no-check")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"anyqpu: {message}")
    assert SECRET not in done.stderr
    assert not file.exists()


def test_a_check_is_one_request_to_the_emulator(file: Path) -> None:
    done = piped(
        SECRET, "scaleway", "--stdin", "--set", "project_id=22222222-2222-4222-8222-222222222222", "--emulator"
    )
    assert done.returncode == 0, done.stderr
    assert "The credentials are accepted" in done.stdout


def save(profile: str | None = None, provider: str = "kipu", **values: str) -> ProfileFile:
    written = ProfileFile(profile)
    written.save(provider, values, obsolete={"username", "password"} - values.keys())
    return written


COMMENTED = """\
# Mine.
default_profile = "work"  # the usual one

[profiles.work.kipu]
# From March.
token = "old"
username = "ada"

[profiles.test.pasqal]
token = "t"
"""


def test_comments_and_other_profiles_stay(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(COMMENTED)
    save(token="new")
    assert file.read_text() == COMMENTED.replace('"old"', '"new"').replace('username = "ada"\n', "")
    save("test", token="other")
    assert config.resolve("kipu", {}, profile="test").get_value("token") == "other"
    assert config.resolve("kipu", {}).get_value("token") == "new"
    assert config.resolve("pasqal", {}, profile="test").get_value("token") == "t"
    assert "# From March." in file.read_text()


@pytest.mark.parametrize(
    "text",
    [
        'profiles.work.kipu.token = "old"\n',
        '[profiles]\nwork = {kipu = {token = "old"}, pasqal = {token = "x"}}\n',
        '[profiles.work]\nkipu.token = "old"\n',
        '[profiles.work.kipu]\ntoken = """old"""\n[profiles.work.pasqal]\ntoken = "x"\n',
        "[profiles.\"work\".kipu]\r\ntoken = 'old'\r\n",
        '[profiles.work.pasqal]\ntoken = "x"\n[profiles.test.kipu]\ntoken = "y"\n',
    ],
)
def test_other_forms_of_toml_are_edited(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_bytes(text.encode())
    save("work", token="new")
    before, after = tomllib.loads(text), tomllib.loads(file.read_text())
    before["profiles"].setdefault("work", {}).setdefault("kipu", {})["token"] = "new"
    assert after == before


@pytest.mark.parametrize(("before", "after"), [(0o644, 0o600), (0o600, 0o600), (0o666, 0o600), (0o200 | 0o400, 0o600)])
def test_the_mode_is_never_loosened(file: Path, before: int, after: int) -> None:
    file.parent.mkdir()
    file.write_text("")
    file.chmod(before)
    save(token="new")
    assert mode_of(file) == after


def test_a_read_only_file_is_refused_and_a_link_stays_one(file: Path, tmp_path: Path) -> None:
    file.parent.mkdir()
    target = tmp_path / "dotfiles.toml"
    target.write_text("")
    file.symlink_to(target)
    save(token="new")
    assert file.is_symlink()
    assert 'token = "new"' in target.read_text()
    target.chmod(0o400)
    with pytest.raises(ConfigError, match="the file is read-only"):
        save(token="newer")


def test_a_file_that_another_process_changed_is_left_alone(file: Path) -> None:
    opened = ProfileFile(None)
    save(token="theirs")
    with pytest.raises(ConfigError, match="another process has changed it"):
        opened.save("kipu", {"token": "ours"})
    assert "theirs" in file.read_text()
    assert os.listdir(file.parent) == [file.name]


def test_a_damaged_file_is_reported_before_anything_is_read(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("[profiles\n")
    done = piped(SECRET, "kipu", "--stdin", "--no-check")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "line 1: the file is not TOML" in done.stderr


def test_a_variable_that_takes_precedence_is_named() -> None:
    done = piped(SECRET, "kipu", "--stdin", "--no-check", KQH_PERSONAL_ACCESS_TOKEN="other")
    assert done.returncode == 0
    assert done.stderr == "environment variable KQH_PERSONAL_ACCESS_TOKEN takes precedence over the saved token\n"


def test_a_profile_that_is_not_the_usual_one_is_explained(file: Path) -> None:
    done = piped(SECRET, "kipu", "--stdin", "--no-check", "--profile", "work")
    assert done.stderr == "To use it: --profile work, ANYQPU_PROFILE=work, or default_profile in the file\n"
    assert "[profiles.work.kipu]" in file.read_text()


def test_a_provider_of_another_package(file: Path) -> None:
    path = f"{ROOT / 'tests' / 'contract' / 'toy_provider'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
    done = subprocess.run(
        [*COMMAND, "login", "toy", "--stdin", "--no-check"],
        input=SECRET,
        capture_output=True,
        text=True,
        env=environment_of(PYTHONPATH=os.pathsep.join([path, *filter(None, sys.path)])),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "[profiles.default.toy]" in file.read_text()


class Memory(keyring.backend.KeyringBackend):
    """A keyring that counts how often it is read."""

    priority = 1

    def __init__(self) -> None:
        self.stored: dict[tuple[str, str], str] = {}
        self.reads: list[str] = []
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self.reads.append(username)
        if self.locked:
            raise keyring.errors.KeyringLocked(f"secret text {SECRET}")
        return self.stored.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.stored[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.stored[service, username]


@pytest.fixture
def memory() -> Iterator[Memory]:
    before = keyring.get_keyring()
    backend = Memory()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


def test_secrets_in_the_keyring_and_the_rest_in_the_file(file: Path, memory: Memory) -> None:
    written = ProfileFile(None)
    values = {"username": "ada", "password": SECRET, "project_id": "p"}
    written.save("pasqal", values, in_keyring=["password"])
    assert memory.stored == {("anyqpu", "default.pasqal.password"): SECRET}
    assert SECRET not in file.read_text()
    memory.reads.clear()
    code, printed = within("config", "show", "pasqal")
    assert (code, memory.reads) == (0, [])
    assert "password = ***  (system keyring, anyqpu: default.pasqal.password)" in printed.replace("\n    ", " ")
    settings = config.resolve("pasqal", {})
    assert config.has_credentials(settings)
    assert memory.reads == []
    assert settings.get_value("password") == settings.get_value("password") == SECRET
    assert memory.reads == ["default.pasqal.password"]
    assert SECRET not in repr(settings) + repr(settings["password"])
    # Saved to the file later, it leaves the keyring.
    ProfileFile(None).save("pasqal", {"username": "ada", "password": "new"})
    assert memory.stored == {}
    assert "keyring" not in file.read_text()


def test_a_keyring_without_the_value_or_that_is_locked_is_an_error_without_secrets(file: Path, memory: Memory) -> None:
    ProfileFile(None).save("kipu", {"token": SECRET}, in_keyring=["token"])
    memory.stored.clear()
    with pytest.raises(ConfigError, match=r"the system keyring has no default\.kipu\.token of anyqpu"):
        config.resolve("kipu", {}).get_value("token")
    memory.locked = True
    with pytest.raises(ConfigError, match=r"the system keyring cannot be used \(KeyringLocked\)") as error:
        config.resolve("kipu", {}).get_value("token")
    assert SECRET not in str(error.value)
    code, printed = within("jobs", "kipu")
    assert (code, SECRET in printed) == (2, False)
    assert "the system keyring cannot be used" in printed


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('"token"', "is not a list of credentials"),
        ('["organization_id"]', "is not a list of credentials"),
        ('["token"]\ntoken = "x"', "names token, which is in the file too"),
    ],
)
def test_a_list_of_the_keyring_that_makes_no_sense(file: Path, value: str, message: str) -> None:
    file.parent.mkdir()
    file.write_text(f"[profiles.default.kipu]\n{profiles.KEYRING} = {value}\n")
    with pytest.raises(ConfigError, match=message):
        config.resolve("kipu", {})


def test_login_saves_to_the_keyring(file: Path, tmp_path: Path) -> None:
    backend = tmp_path / "filed.py"
    backend.write_text(
        "import json, pathlib, keyring.backend\n"
        f"PATH = pathlib.Path({str(tmp_path / 'stored.json')!r})\n"
        "class Filed(keyring.backend.KeyringBackend):\n"
        "    priority = 1\n"
        "    def get_password(self, service, username):\n"
        "        return json.loads(PATH.read_text()).get(username) if PATH.exists() else None\n"
        "    def set_password(self, service, username, password):\n"
        "        PATH.write_text(json.dumps({username: password}))\n"
        "    def delete_password(self, service, username):\n"
        "        PATH.unlink()\n"
    )
    done = subprocess.run(
        [*COMMAND, "login", "kipu", "--stdin", "--no-check", "--keyring"],
        input=SECRET,
        capture_output=True,
        text=True,
        env=environment_of(
            PYTHON_KEYRING_BACKEND="filed.Filed", PYTHONPATH=os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
        ),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "kipu: Not checked. Saved token in the system keyring (profile default)\n"
    assert json.loads((tmp_path / "stored.json").read_text()) == {"default.kipu.token": SECRET}
    assert file.read_text() == '[profiles.default.kipu]\nkeyring = ["token"]\n'


def test_help_names_no_secret_option() -> None:
    assert not {"--token", "--password", "--secret-key"} & set(out("login", "--help").replace(",", " ").split())
    assert run("login", "kipu", "--token", "x").returncode == 2
