"""Names, identifiers and messages of a cloud do nothing to a terminal, whichever command prints them."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unicodedata import category
from urllib.parse import quote

import anyio.from_thread
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import anyqpu_cli
from anyqpu_cli.app import app
from anyqpu_cli.output import escaped, json_text
from anyqpu_emulator.server import running
from tests.cli.shell import BELL
from tests.support.server import Seen, ServerResponse, serving

# Sets the title of the window, forges a line, clears the screen and turns the direction of writing round.
EVIL = "\x1b]0;t\x07\nFORGED \x9b2J\x1b[31m\u202e\x7f"
KEYS = {
    "name",
    "displayName",
    "description",
    "message",
    "tags",
    "detail",
    "internalId",
    "vendor",
    "title",
    "statusMessage",
}


def with_escapes(value: Any, key: str = "") -> Any:
    """A cloud's response in which all that it is free to choose steers a terminal."""
    if isinstance(value, dict):
        return {name: with_escapes(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [with_escapes(entry, key) for entry in value]
    return value + EVIL if isinstance(value, str) and (key in KEYS or key.lower().endswith("id")) else value


@pytest.fixture(scope="module")
def kipu() -> Iterator[str]:
    """The emulated Kipu cloud, whose responses have escapes in them."""
    with running(speed="instant", seed=7) as emulator:
        arguments = ["submit", str(BELL), "--device", "kipu:kipu.sim.qsim", "--emulator-url", emulator]
        assert CliRunner().invoke(app, arguments).exit_code == 0

        async def respond(seen: Seen) -> ServerResponse:
            # Identifiers come back as they were sent.
            target = seen.target.replace(quote(EVIL, safe=""), "")
            body = json.dumps(json.loads(seen.body)).replace(json.dumps(EVIL)[1:-1], "") if seen.body else None
            headers = {"x-auth-token": "any", "content-type": "application/json"}
            url = f"{emulator}/kipu/quantum{target}"
            async with httpx.AsyncClient() as http:
                response = await http.request(seen.method, url, content=body, headers=headers)
            if "result" in target:
                return ServerResponse(response.status_code, response.content, {"content-type": "application/json"})
            return ServerResponse.of_json(with_escapes(response.json()), response.status_code, x_request_id="r")

        with (
            anyio.from_thread.start_blocking_portal() as portal,
            portal.wrap_async_context_manager(serving(respond)) as at,
        ):
            yield at.url


COMMANDS: list[list[str]] = [
    ["submit", str(BELL), "--device", "kipu:kipu.sim.qsim", "--shots", "10", "--dry-run"],
    ["submit", str(BELL), "--device", "kipu:kipu.sim.qsim", "--shots", "10", "--wait"],
    ["submit", str(BELL), "--device", "kipu:nothing", "--shots", "10"],
    ["devices", "kipu", "--fast"],
    ["device", "kipu:kipu.sim.qsim"],
    ["device", "kipu:nothing"],
    ["jobs", "kipu"],
    ["jobs", "kipu", "--limit", "300"],
    ["jobs", "kipu", "--watch", "--timeout", "0"],
    ["job", "show", "kipu:nothing"],
    ["sessions", "kipu"],
    ["config", "check", "kipu"],
    ["api", "GET", "kipu:/jobs?size=1"],
]


def printed(arguments: list[str], url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("KQH_PERSONAL_ACCESS_TOKEN", "any")
    monkeypatch.setenv("QHUB_QUANTUM_BASE_URL", url)
    # Wide enough that nothing is cut off.
    monkeypatch.setenv("COLUMNS", "400")
    done = CliRunner().invoke(app, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.output
    return done.output


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_command_prints_a_control_character(
    arguments: list[str], kipu: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = printed(arguments, kipu, monkeypatch)
    assert not [entry for entry in text if category(entry) in {"Cc", "Cf", "Cs"} and entry != "\n"]
    assert not [line for line in text.splitlines() if line.startswith("FORGED")]


@pytest.mark.parametrize("arguments", [*COMMANDS[:2], *COMMANDS[3:5], *COMMANDS[6:8], COMMANDS[10]], ids=" ".join)
def test_json_is_json_of_printable_ascii(arguments: list[str], kipu: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if "--wait" in arguments:
        arguments = [*arguments, "--quiet"]
    text = printed([*arguments, "--json"], kipu, monkeypatch)
    assert text.replace("\n", "").isprintable()
    assert text.isascii()
    json.loads(text)


def test_a_handle_on_the_command_line_leads_back_to_its_job(kipu: str, monkeypatch: pytest.MonkeyPatch) -> None:
    handle = printed(["submit", *COMMANDS[1][1:-1], "--quiet"], kipu, monkeypatch).strip()
    assert handle.isprintable()
    assert printed(["job", "show", handle], kipu, monkeypatch).startswith(handle)


@given(st.text())
def test_any_text_becomes_lines_that_are_printable(text: str) -> None:
    assert all(entry.isprintable() or entry in "\n\t" or category(entry) == "Zs" for entry in escaped(text))
    if text.isprintable():
        assert escaped(text) == text


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_value_becomes_json_that_every_parser_reads(value: Any) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is not JSON")

    text = json_text(value)
    json.loads(text, parse_constant=refuse)
    assert text.replace("\n", "").isprintable()
    assert text.isascii()


def test_all_that_is_printed_goes_through_one_file() -> None:
    """`__init__` prints fixed words before that file can be loaded."""
    for file in Path(anyqpu_cli.__file__).parent.glob("*.py"):
        if file.name in {"output.py", "__init__.py"}:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in {"print", "typer.echo", "typer.secho", "sys.stdout.write", "sys.stderr.write"}, (
                    file
                )
