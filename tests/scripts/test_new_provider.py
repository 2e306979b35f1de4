"""`python -m scripts.new_provider`: names, folders, credentials, addresses and guesses. docs/new-provider.md has a test
that follows it to a passing contract suite."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from anyqpu.config.settings import SECRETS, Setting, Settings
from scripts.documents import SPECS, load
from scripts.new_provider.__main__ import main
from scripts.new_provider.credentials import credentials_of
from scripts.new_provider.source import read_source
from scripts.spec_changes.reading import RefusedError

TOY = Path(__file__).parents[1] / "contract" / "toy_provider"
RESPONSE = {"description": "A text", "content": {"application/json": {"schema": {"type": "string"}}}}


def document(**changes: Any) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Small", "version": "1"},
        "servers": [{"url": "https://small.example"}],
        "paths": {"/hello": {"get": {"operationId": "hello", "responses": {"200": RESPONSE}}}},
        **changes,
    }


def written(folder: Path, content: dict[str, Any], suffix: str = "yaml") -> Path:
    file = folder / f"spec.{suffix}"
    file.write_text(json.dumps(content) if suffix == "json" else yaml.safe_dump(content), encoding="utf-8")
    return file


# Names and folders


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "invalid name ''"),
        ("Acme", "invalid name 'Acme': use lower-case letters"),
        ("acme-qpu", "invalid name 'acme-qpu'"),
        ("acme__qpu", "invalid name 'acme__qpu'"),
        ("_control", "invalid name '_control'"),
        ("5qubits", "invalid name '5qubits'"),
        ("a" * 31, "up to 30 characters"),
        ("class", "'class': it is a reserved word; choose another, such as class_qpu"),
        ("match", "it is a reserved word"),
        ("strict", "it is a reserved word"),
        ("kipu", "'kipu' is taken: it is one of anyqpu's own providers"),
        ("emulator", "it is a reserved word"),
        ("cli", "'cli' is taken: there is a package anyqpu_cli already"),
        ("toy", "'toy' is taken: toyqpu is installed and provides it"),
    ],
)
def test_a_bad_name_is_refused(
    name: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(TOY)
    out = tmp_path / "out"
    assert main([name, "--spec", str(written(tmp_path, document())), "--out", str(out)]) == 1
    assert reason in capsys.readouterr().err
    assert not out.exists()


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = written(tmp_path, document())
    mine = tmp_path / "out" / "mine.txt"
    mine.parent.mkdir()
    mine.write_text("mine")
    assert main(["small", "--spec", str(spec), "--out", str(mine.parent)]) == 1
    assert "is not empty, and nothing is overwritten" in capsys.readouterr().err
    assert main(["small", "--spec", str(spec), "--out", str(mine)]) == 1
    assert "is a file" in capsys.readouterr().err
    assert [path.name for path in mine.parent.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"swagger": "2.0"}, "Swagger 2.0; OpenAPI 3.0 or 3.1 is needed"),
        (document(servers=[{"url": "/v1"}]), "no https address of the API; give it with --base-url"),
        (document(servers=[{"url": "http://small.example"}]), "no https address of the API"),
    ],
)
def test_a_document_that_cannot_be_used_leaves_nothing(
    content: dict[str, Any], reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["small", "--spec", str(written(tmp_path, content)), "--out", str(tmp_path / "out")]) == 1
    assert reason in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["spec.yaml"]


def test_a_missing_overlay_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = written(tmp_path, document())
    arguments = ["small", "--spec", str(spec), "--overlay", str(tmp_path / "none.yaml"), "--out", str(tmp_path / "out")]
    assert main(arguments) == 1
    assert "none.yaml cannot be read: there is no such file" in capsys.readouterr().err


# The smallest document: no security, no devices, no jobs


def test_the_smallest_document_becomes_a_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = written(tmp_path, document(), "json")
    out = tmp_path / "anyqpu-small"
    assert main(["small", "--spec", str(spec), "--out", str(out)]) == 0
    output = capsys.readouterr().out
    assert "prepare: no likely operation" in output
    assert "a provider of 1 operations" in output
    source = tomllib.loads((out / "specs" / "SOURCE.toml").read_text(encoding="utf-8"))
    assert source["sha256"] == hashlib.sha256(spec.read_bytes()).hexdigest()
    assert (out / "specs" / source["file"]).read_bytes() == spec.read_bytes()
    project = tomllib.loads((out / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"] == {
        "anyqpu.providers": {"small": "anyqpu_small.spec:SPEC"},
        "anyqpu.emulators": {"small": "anyqpu_small.emulator:CLOUD"},
    }
    raw = out / "anyqpu_small" / "raw" / "small" / "client.py"
    assert "anyqpu_raw._core" in raw.read_text(encoding="utf-8")
    for file in out.rglob("*.py"):
        compile(file.read_text(encoding="utf-8"), file.name, "exec", dont_inherit=True)
    spec_text = (out / "anyqpu_small" / "spec.py").read_text(encoding="utf-8")
    assert "has_public_operations=True" in spec_text
    assert "$" not in spec_text


def test_a_newer_document_replaces_the_client_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["small", "--spec", str(written(tmp_path, document())), "--out", str(out)]) == 0
    package = out / "anyqpu_small"
    (package / "adapter.py").write_text("# mine\n")
    source = out / "specs" / "SOURCE.toml"
    source.write_text(source.read_text(encoding="utf-8") + 'watch = "https://small.example/openapi.json"\n')
    paths = {"/goodbye": {"get": {"operationId": "goodbye", "responses": {"200": RESPONSE}}}}
    newer = written(tmp_path, document(paths=paths), "json")
    assert main(["small", "--update", str(out), "--spec", str(newer)]) == 0
    client = (package / "raw" / "small" / "client.py").read_text(encoding="utf-8")
    assert "async def goodbye" in client
    assert "async def hello" not in client
    assert not list((package / "raw").rglob("hello.py"))
    assert json.loads((package / "final.json").read_text(encoding="utf-8"))["paths"].keys() == {"/goodbye"}
    assert (package / "adapter.py").read_text() == "# mine\n"
    assert [path.name for path in (out / "specs").glob("upstream.*")] == ["upstream.json"]
    facts = tomllib.loads(source.read_text(encoding="utf-8"))
    assert (facts["origin"], facts["watch"]) == ("spec.json", "https://small.example/openapi.json")
    assert main(["small", "--update", str(out)]) == 0
    assert tomllib.loads(source.read_text(encoding="utf-8")) == facts
    assert main(["other", "--update", str(out)]) == 1
    assert "has no package of other" in capsys.readouterr().err


ODD = 'say """hi""" \\ $name {x}'


def test_texts_of_a_document_stay_texts(tmp_path: Path) -> None:
    """Quotes, backslashes and dollars of a document do not end up as code."""
    thing = {"type": "object", "properties": {"id": {"type": "string", "example": ODD}, ODD: {"type": "string"}}}
    listed = {"description": "x", "content": {"application/json": {"schema": {"type": "array", "items": thing}}}}
    content = document(
        info={"title": ODD, "version": "1"},
        paths={"/devices": {"get": {"operationId": "listDevices", "responses": {"200": listed}}}},
        security=[{"it": []}],
        components={"securitySchemes": {"it": {"type": "apiKey", "in": "header", "name": "X-Key"}}},
    )
    out = tmp_path / "out"
    assert main(["odd", "--spec", str(written(tmp_path, content)), "--out", str(out)]) == 0
    for file in out.rglob("*.py"):
        compile(file.read_text(encoding="utf-8"), file.name, "exec", dont_inherit=True)
    for file in [*out.rglob("*.toml")]:
        tomllib.loads(file.read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    exec((out / "anyqpu_odd" / "spec.py").read_text(encoding="utf-8"), names)
    assert names["SPEC"].title == " ".join(ODD.split())
    items = tomllib.loads((out / "anyqpu_odd" / "emulator.toml").read_text(encoding="utf-8"))["resources"]["/devices"]
    assert items["items"][0]["id"] == ODD


# Credentials

BEARER = {"type": "http", "scheme": "bearer"}
BASIC = {"type": "http", "scheme": "basic"}
KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}
COOKIE = {"type": "apiKey", "in": "cookie", "name": "sid"}
URL = "https://small.example/token"
MACHINE = {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": URL, "scopes": {}}}}
USER = {"type": "oauth2", "flows": {"password": {"tokenUrl": URL, "scopes": {}}}}


@pytest.mark.parametrize(
    ("schemes", "sets"),
    [
        ([BEARER], [("token",)]),
        ([{"type": "openIdConnect", "openIdConnectUrl": URL}], [("token",)]),
        ([BASIC], [("username", "password")]),
        ([KEY, COOKIE], [("api_key",), ("secret_key",)]),
        ([MACHINE], [("token",), ("client_id", "client_secret")]),
        ([USER], [("token",), ("username", "password", "client_id")]),
        ([BEARER, MACHINE], [("token",), ("client_id", "client_secret")]),
        ([], []),
    ],
)
def test_security_schemes_become_settings(schemes: list[dict[str, Any]], sets: list[tuple[str, ...]]) -> None:
    credentials = credentials_of({f"scheme{number}": scheme for number, scheme in enumerate(schemes)})
    assert credentials.sets == sets
    assert credentials.notes == []
    # Each set has a setting that is never shown.
    assert all(SECRETS.intersection(names) for names in sets)


@pytest.mark.parametrize("scheme", [{"type": "apiKey", "in": "query", "name": "key"}, {"type": "mutualTLS"}])
def test_a_scheme_that_is_not_covered_is_named(scheme: dict[str, Any]) -> None:
    credentials = credentials_of({"odd": scheme})
    assert credentials.sets == []
    assert credentials.notes[0].startswith(f"security scheme odd ({scheme['type']}")
    assert "write make_auth" in credentials.notes[0]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("scheme", "settings", "headers"),
    [
        (BEARER, {"token": "abc"}, {"Authorization": "Bearer abc"}),
        # base64 of "me:abc"
        (BASIC, {"username": "me", "password": "abc"}, {"Authorization": "Basic bWU6YWJj"}),
        (KEY, {"api_key": "abc"}, {"X-Key": "abc"}),
        (COOKIE, {"api_key": "abc"}, {"Cookie": "sid=abc"}),
        (KEY, {}, {}),
    ],
)
async def test_generated_code_sends_the_credentials(
    scheme: dict[str, Any], settings: dict[str, str], headers: dict[str, str]
) -> None:
    credentials = credentials_of({"it": scheme})
    imports = "\n".join(f"from {module} import {', '.join(names)}" for module, names in credentials.imports.items())
    code = "\n".join(
        [
            imports,
            "from anyqpu.transport.auth import NoAuth",
            "def make_auth(settings, post=None, token_provider=None):",
            *credentials.code,
            "    return NoAuth()",
        ]
    )
    names: dict[str, Any] = {}
    exec(code, names)
    values = {name: Setting(value, "a test") for name, value in settings.items()}
    assert await names["make_auth"](Settings("small", values)).headers() == headers


# Addresses


@pytest.mark.parametrize(
    ("servers", "base_url", "regions"),
    [
        ([{"url": "https://a.example/v1/"}], "https://a.example/v1", {}),
        (
            [
                {"url": "https://a.example", "description": "Live"},
                {"url": "https://b.example", "description": "Sandbox"},
            ],
            "https://a.example",
            {"live": "https://a.example", "sandbox": "https://b.example"},
        ),
        (
            [{"url": "https://{place}.example/v1", "variables": {"place": {"default": "eu", "enum": ["eu", "us"]}}}],
            "https://eu.example/v1",
            {"eu": "https://eu.example/v1", "us": "https://us.example/v1"},
        ),
        ([{"url": "/v1"}, {"url": "https://a.example/v1"}], "https://a.example/v1", {}),
    ],
)
def test_servers_become_addresses(
    servers: list[dict[str, Any]], base_url: str, regions: dict[str, str], tmp_path: Path
) -> None:
    source = read_source("small", written(tmp_path, document(servers=servers)), None, None)
    assert (source.base_url, source.regions) == (base_url, regions)


def test_an_address_may_be_an_argument(tmp_path: Path) -> None:
    source = read_source("small", written(tmp_path, document(servers=[])), None, "https://mine.example/v2/")
    assert source.base_url == "https://mine.example/v2"


def test_operations_may_have_servers_of_their_own(tmp_path: Path) -> None:
    listed = {"operationId": "listUsers", "responses": {"200": RESPONSE}}
    paths = {**document()["paths"], "/users": {"servers": [{"url": "https://small.example/accounts"}], "get": listed}}
    source = read_source("small", written(tmp_path, document(paths=paths)), None, None)
    assert source.others == {"accounts": "https://small.example/accounts"}
    assert source.final["paths"]["/users"]["get"]["x-base"] == "accounts"
    assert "x-base" not in source.final["paths"]["/hello"]["get"]


# Guesses, on documents whose overlays say what is right


@pytest.mark.parametrize(
    ("cloud", "devices", "jobs"),
    [
        ("kipu", "/backends", "/jobs"),
        ("scaleway", "/qaas/v1alpha1/platforms", "/qaas/v1alpha1/jobs"),
        ("rigetti", "/v1/quantumProcessors", None),
    ],
)
def test_devices_and_jobs_are_found_by_their_names(cloud: str, devices: str, jobs: str | None, tmp_path: Path) -> None:
    source = read_source("small", written(tmp_path, load(SPECS / cloud / "final.json"), "json"), None, None)
    assert source.devices is not None
    assert source.devices.path == devices
    if jobs is not None:
        assert source.jobs is not None
        assert source.jobs.path == jobs


@pytest.mark.parametrize("cloud", ["kipu", "scaleway", "rigetti", "pasqal"])
def test_guessed_pages_are_those_of_the_overlays_or_none(cloud: str, tmp_path: Path) -> None:
    """Where names suggest the pages of a list, they are as a person described them from the cloud's own pages."""
    final = load(SPECS / cloud / "final.json")
    described = {
        operation["operationId"]: operation.pop("x-pages")
        for item in final["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict) and "x-pages" in operation
    }
    source = read_source("small", written(tmp_path, final, "json"), None, None)
    guessed = {action["target"]: action["update"]["x-pages"] for action in source.overlay["actions"]}
    right = 0
    for route in source.resources.routes:
        pages = guessed.get(f"$.paths['{route.path}'].get") if route.method == "GET" else None
        if pages is None or not isinstance(described.get(route.name), dict):
            continue
        for fact in ("style", "position", "size", "items"):
            assert pages.get(fact) == described[route.name].get(fact), f"{route.name}: {fact}"
        right += 1

    assert right or not guessed


def test_an_overlay_of_ours_is_kept(tmp_path: Path) -> None:
    overlay = tmp_path / "overlay.yaml"
    action = {
        "target": "$.info",
        "description": "The cloud has another name.",
        "x-evidence": "Its pages",
        "update": {"title": "Another"},
    }
    overlay.write_text(yaml.safe_dump({"overlay": "1.0.0", "info": {"title": "Mine"}, "actions": [action]}))
    source = read_source("small", written(tmp_path, document()), overlay, None)
    assert source.title == "Another"
    assert source.overlay["actions"][0] == action


def test_a_document_without_operations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="has no operations"):
        read_source("small", written(tmp_path, document(paths={})), None, None)
