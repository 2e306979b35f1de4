"""Every fenced block of every page runs, or its language's parser accepts it."""

from __future__ import annotations

import configparser
import json
import re
import tomllib
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import yaml
from anyio.from_thread import start_blocking_portal

from anyqpu.testing import emulated
from anyqpu_emulator.server import running
from scripts.docs_site.blocks import Block, blocks_of, pages
from scripts.docs_site.outside import DOCS, ROOT
from tests.docs.page_python import Fixtures, Page
from tests.docs.page_shell import Shell, is_run_elsewhere

# Pages that tests of their own follow, because they need more than a folder and a shell.
FOLLOWED_ELSEWHERE = {DOCS / "new-provider.md": "tests/docs/test_new_provider_page.py"}


def _http(text: str) -> None:
    first, _, rest = text.partition("\n")
    assert re.fullmatch(r"[A-Z]+ \S+( HTTP/[\d.]+)?|HTTP/[\d.]+ \d{3}.*", first), first
    for line in rest.partition("\n\n")[0].splitlines():
        assert re.fullmatch(r"[\w-]+: .*", line), line


# Parsers for blocks that are not programs.
READERS: dict[str, Callable[[str], object]] = {
    "text": str,
    "json": json.loads,
    "toml": tomllib.loads,
    "yaml": yaml.safe_load,
    "ini": lambda text: configparser.ConfigParser().read_string(text),
    "http": _http,
}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(speed="instant", seed=7) as address:
        yield address


@pytest.fixture
def folder(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder in which a page is followed, for clouds without jobs."""
    request = urllib.request.Request(
        f"{url}/_control/reset", data=b"{}", headers={"Content-Type": "application/json"}, method="POST"
    )
    urllib.request.urlopen(request, timeout=10).close()
    here = tmp_path / "here"
    here.mkdir()
    # Pages for work in a clone read it.
    (here / "specs").symlink_to(ROOT / "specs")
    monkeypatch.chdir(here)
    return here


def follow(page: Path, folder: Path, url: str, backend: str) -> list[Block]:
    """Follow a page from its first block to its last, and return the verified blocks."""
    blocks = blocks_of(page)
    loose = [block for block in blocks if block.language == "python" and block.title is None]
    typed = [command for block in blocks if block.is_shell for command in block.commands]
    verified: list[Block] = []
    with ExitStack() as stack:
        shell = stack.enter_context(Shell(folder, folder.parent / "bin", ANYQPU_EMULATOR=url))
        # In the text, since it is not a step of what the page shows.
        for copy in dict.fromkeys(re.findall(r"`(anyqpu examples [a-z][^`]+)`", page.read_text(encoding="utf-8"))):
            shell.run(copy.replace("\n", " "))
        python = None
        if loose:
            clouds = stack.enter_context(emulated(speed="instant"))
            portal = stack.enter_context(start_blocking_portal(backend))
            python = Page(loose, Fixtures(portal, clouds, stack))
        for block in blocks:
            if block.title is not None:
                (folder / block.title).parent.mkdir(parents=True, exist_ok=True)
                (folder / block.title).write_text(block.text, encoding="utf-8")
                verify_file(block, shell, typed)
            elif block.is_shell:
                assert block.commands, f"{block.place}: no line begins with a prompt"
                for command in block.commands:
                    if not is_run_elsewhere(command):
                        shell.run(command)
            elif block.language == "python":
                assert python is not None
                python.run(block)
            else:
                assert block.language in READERS, f"{block.place}: nothing here runs or reads {block.language!r}"
                READERS[block.language](block.text)
            verified.append(block)
    return verified


def verify_file(block: Block, shell: Shell, typed: list[str]) -> None:
    """Run a program that no command of its page runs; parse other files."""
    assert block.title is not None
    if block.language != "python":
        READERS.get(block.language, str)(block.text)
    elif block.title.startswith("test_"):
        if not any("pytest" in command for command in typed):
            shell.run(f"python -m pytest -q -p no:cacheprovider {block.title}")
    elif not is_used(block, typed):
        shell.run(f"python {block.title}")


def is_used(block: Block, typed: list[str]) -> bool:
    """Whether a command names a program, or another file of its page imports it."""
    assert block.title is not None
    module = block.title.removesuffix(".py").replace("/", ".")
    others = [other.text for other in blocks_of(block.page) if other.title is not None and other != block]
    imported = re.compile(rf"^\s*(?:from|import) {re.escape(module)}\b", re.MULTILINE)
    return (
        block.title == "conftest.py"
        or any(re.search(rf"(?<![\w.]){re.escape(block.title)}\b", command) for command in typed)
        or any(imported.search(text) for text in others)
    )


def backends_of(page: Path) -> list[str]:
    """Return both event loops for pages with Python only; commands of a shell use asyncio."""
    blocks = blocks_of(page)
    only_python = any(block.language == "python" for block in blocks) and not any(block.is_shell for block in blocks)
    return ["asyncio", "trio"] if only_python else ["asyncio"]


@pytest.mark.parametrize(
    ("page", "backend"),
    [
        pytest.param(page, backend, id=f"{page.relative_to(ROOT)}-{backend}")
        for page in pages()
        if blocks_of(page) and page not in FOLLOWED_ELSEWHERE
        for backend in backends_of(page)
    ],
)
def test_a_page_can_be_followed(page: Path, backend: str, folder: Path, url: str) -> None:
    assert follow(page, folder, url, backend) == blocks_of(page)


def test_other_pages_have_a_test() -> None:
    for page, test in FOLLOWED_ELSEWHERE.items():
        assert page.name in (ROOT / test).read_text(encoding="utf-8")


def test_every_fence_is_a_block() -> None:
    for page in pages():
        fences = re.findall(r"^ *(?:```|~~~)", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(fences) == 2 * len(blocks_of(page)), page


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("```cobol\nDISPLAY 'hello'.\n```\n", "nothing here runs or reads 'cobol'"),
        ("```\nplain\n```\n", "nothing here runs or reads ''"),
        ("```json\n{,}\n```\n", "Expecting property name"),
        ("```python\nassert 1 == 2\n```\n", "^$"),
        ("```python\nasync def f(kipu):\n    await kipu.no_such_method()\n```\n", "no_such_method"),
        ("```python\nasync def f(no_such_fixture):\n    pass\n```\n", "nothing calls f"),
        ('```python title="bad.py"\nraise SystemExit("no")\n```\n', "exit code 1"),
        ('```python title="test_bad.py"\ndef test_it():\n    assert False\n```\n', "1 failed"),
        ("```sh\ntrue\nfalse\n```\n", "exit code 1"),
        ("```console\n$ anyqpu no-such-command\n```\n", "no such command"),
        ("```console\nno prompt\n```\n", "no line begins with a prompt"),
        ("```console\n$ make no-such-target\n```\n", "no such target"),
        ('```console\n$ pip install "anyqpu[nonsense]"\n```\n', "no such extra"),
    ],
)
def test_a_block_that_does_not_run_fails(text: str, why: str, folder: Path, url: str) -> None:
    page = folder.parent / "page.md"
    page.write_text(text, encoding="utf-8")
    with pytest.raises((AssertionError, AttributeError, ValueError), match=why):
        follow(page, folder, url, "asyncio")
