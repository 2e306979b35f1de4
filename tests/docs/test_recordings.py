"""Each tutorial has a recording of a terminal that is of the page as it is now, and not made up."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.docs_site.blocks import blocks_of, tutorials
from scripts.recordings.pages import FOLDER, POINTER, digest_of, made, points, recording_of, settled, typed, typed_in
from scripts.recordings.terminal import COLUMNS, CommandFailedError, Terminal

PAGES = pytest.mark.parametrize("page", tutorials(), ids=lambda page: page.stem)


@PAGES
def test_a_recording_is_of_its_page_as_it_is_now(page: Path) -> None:
    assert made().get(page.stem) == digest_of(page), f"make recordings NAMES={page.stem}"
    recording = recording_of(page).read_text(encoding="utf-8")
    commands = [command for block in blocks_of(page) if block.is_shell for command in block.commands]
    assert typed_in(recording) == ([POINTER] if points(page) else []) + commands


@PAGES
def test_a_recording_shows_what_was_printed_and_nothing_of_the_place(page: Path) -> None:
    recording = recording_of(page).read_text(encoding="utf-8")
    printed = [line for line in recording.splitlines() if line and not line.startswith(("$ ", "> "))]
    assert len(printed) > 1
    assert not re.search(r"[\x00-\x09\x0b-\x1f]|Traceback|/home/|/root|/tmp|not recorded", recording)


@PAGES
def test_a_page_shows_its_recording(page: Path) -> None:
    shown = [block.text for block in blocks_of(page) if "--8<--" in block.text]
    assert shown == [f'--8<-- "recordings/{page.stem}.txt"\n']


def test_there_is_no_other_recording() -> None:
    names = {page.stem for page in tutorials()}
    assert {path.stem for path in FOLDER.iterdir()} == made().keys() == names


def test_a_page_that_changed_needs_another_recording(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    digests = set[str]()
    for text in (
        "```console\n$ one\n```\n",
        "```console\n$ one\n$ two\n```\n",
        "```console\n$ one\n$ two\n```\n```python title='a.py'\n```\n",
        '```console\n$ one\n$ two\n```\n```python title="a.py"\n1\n```\n',
        '```console\n$ one\n$ two\n```\n```python title="a.py"\n2\n```\n',
    ):
        page.write_text(text, encoding="utf-8")
        digests.add(digest_of(page))
    assert len(digests) == 4
    page.write_text("Other words.\n\n" + text, encoding="utf-8")
    assert digest_of(page) in digests


def test_commands_are_found_again_in_a_recording() -> None:
    commands = ["one", "two \\\n  --more", "three"]
    assert typed_in("\n".join(f"{typed(command)}\nprinted\n" for command in commands)) == commands


def test_what_differs_from_run_to_run_is_settled() -> None:
    one, other = "0f3b3f0e-7385-42bd-8bb1-82ec4546295b", "1f3b3f0e-7385-42bd-8bb1-82ec4546295b"
    text = settled(f"{one} {other} {one} at http://127.0.0.1:46135 in /here/there", {"/here": "~"})
    first, second = "00000001-0000-4000-8000-000000000000", "00000002-0000-4000-8000-000000000000"
    assert text == f"{first} {second} {first} at http://127.0.0.1:8787 in ~/there"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    with Terminal(tmp_path, dict(os.environ)) as made:
        yield made


def test_a_terminal_shows_what_stays_on_its_screen(terminal: Terminal) -> None:
    assert terminal.run("test -t 0 && test -t 1 && test -t 2 && echo terminal", seconds=10) == "terminal\n"
    assert terminal.run("stty size | cut -d' ' -f2", seconds=10) == f"{COLUMNS}\n"
    assert (
        terminal.run(r"printf '\033[31mred\033[0m\n10%%\r100%%\n'; echo wrong >&2", seconds=10) == "red\n100%\nwrong\n"
    )
    assert terminal.run("cd /; HERE=there", seconds=10) == ""
    assert terminal.run('pwd; echo "$HERE"', seconds=10) == "/\nthere\n"


def test_a_command_that_fails_ends_a_recording(terminal: Terminal) -> None:
    with pytest.raises(CommandFailedError, match="no such thing"):
        terminal.run("echo no such thing; false", seconds=10)


def test_a_command_that_does_not_end_is_given_up(terminal: Terminal) -> None:
    with pytest.raises(CommandFailedError, match="sleep"):
        terminal.run("sleep 60", seconds=0.3)


def test_what_a_server_says_in_the_background_is_kept(terminal: Terminal) -> None:
    assert terminal.run("(sleep 0.1; echo ready; sleep 60) &", seconds=30, quiet=1) == "ready\n"
    assert terminal.run("echo next", seconds=10) == "next\n"
