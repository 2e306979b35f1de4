"""docs/new-provider.md is followed: its document becomes a distribution, which passes the contract with its code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts.docs_site.blocks import Block, blocks_of
from scripts.new_provider.__main__ import main

PAGE = Path(__file__).parents[2] / "docs" / "new-provider.md"
BUILD = "import hatchling.build, sys; print(hatchling.build.build_wheel(sys.argv[1]))"
# A first test of each method; the others of the suite fail with the same errors.
FIRST = "devices_are_listed or device_is_found_by_its_id or returned_as_soon_as_it_exists or jobs_come_newest_first"
MISSING = "{0}.{1} is not implemented: write it in anyqpu_acme/adapter.py"


class Reader:
    """Someone who follows the page, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.site = folder, folder / "site"
        self.package = folder / "anyqpu-acme"
        self.blocks: dict[str, Block] = {block.title: block for block in blocks_of(PAGE) if block.title is not None}
        path = os.pathsep.join([str(self.site), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
        # Of pytest's plugins, only the one that the suite needs: to import all that are installed takes seconds.
        self.environment = {**os.environ, "PYTHONPATH": path, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}

    def save(self, title: str, folder: Path) -> None:
        (folder / title).write_text(self.blocks[title].text, encoding="utf-8")

    def install(self) -> None:
        """Build a wheel and unpack it, as pip does."""
        done = self.python("-c", BUILD, str(self.folder), cwd=self.package)
        with zipfile.ZipFile(self.folder / done.stdout.split()[-1]) as wheel:
            wheel.extractall(self.site)

    def python(self, *arguments: str, cwd: Path, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=cwd, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, f"{done.stdout}\n{done.stderr}"
        return done

    def pytest(self, *arguments: str, code: int = 0) -> str:
        # The installed package, and not the folder that it was made of, is on the path.
        options = (
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "anyio.pytest_plugin",
            "--tb=short",
            "-W",
            "ignore::DeprecationWarning",
        )
        return self.python("-m", "pytest", *options, *arguments, cwd=self.package / "tests", code=code).stdout


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    reader = Reader(tmp_path_factory.mktemp("reader"))
    reader.save("acme.yaml", reader.folder)
    assert main(["acme", "--spec", str(reader.folder / "acme.yaml"), "--out", str(reader.package)]) == 0
    reader.install()
    return reader


def test_operations_can_be_called_in_minutes(reader: Reader) -> None:
    reader.save("first_calls.py", reader.folder)
    output = reader.python("first_calls.py", cwd=reader.folder).stdout
    assert "acme-sim" in output
    assert output.split()[-1] in {"waiting", "running", "done"}
    assert " passed" in reader.pytest("test_raw.py")
    listed = reader.python("-m", "anyqpu", "api", "GET", "acme:/devices", "--emulator", cwd=reader.folder).stdout
    assert json.loads(listed)["devices"][0]["id"] == "acme-sim"


def test_the_guesses_are_those_of_the_page(reader: Reader) -> None:
    page = reader.blocks["anyqpu_acme/emulator.toml"].text
    assert tomllib.loads((reader.package / "anyqpu_acme" / "emulator.toml").read_text()) == tomllib.loads(page)


def test_missing_code_is_named(reader: Reader) -> None:
    output = reader.pytest("test_contract.py", "-k", f"asyncio and ({FIRST})", code=1)
    for method in ("devices", "device", "prepare"):
        assert MISSING.format("AcmeAdapter", method) in output, method
    skeleton = (reader.package / "anyqpu_acme" / "adapter.py").read_text(encoding="utf-8")
    for method in ("devices", "device", "prepare", "job", "jobs", "cancel", "result"):
        assert f'raise not_implemented("{method}")' in skeleton


def test_the_stub_is_served_over_a_socket(reader: Reader) -> None:
    command = [sys.executable, "-m", "anyqpu", "emulate", "--port", "0", "--json"]
    with subprocess.Popen(command, env=reader.environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            clouds = json.loads(server.stdout.readline())["clouds"]
            assert clouds.keys() > {"kipu", "acme"}
            address = f"{clouds['acme']['url']}/v1/devices"
            with pytest.raises(urllib.error.HTTPError, match="401"):
                urllib.request.urlopen(address, timeout=10)
            request = urllib.request.Request(address, headers={"Authorization": "Bearer any"})
            with urllib.request.urlopen(request, timeout=10) as response:
                assert [device["id"] for device in json.load(response)["devices"]] == ["acme-sim"]
        finally:
            server.send_signal(signal.SIGTERM)


@pytest.fixture
def written(reader: Reader) -> Iterator[Reader]:
    """The package with the page's code, until the test ends."""
    files = [title for title in reader.blocks if title.startswith("anyqpu_acme/") and title.endswith(".py")]
    before = {title: (reader.site / title).read_bytes() for title in files}
    for title in files:
        reader.save(title, reader.site)
    yield reader
    for title, content in before.items():
        (reader.site / title).write_bytes(content)


def test_the_pages_code_passes_the_contract(written: Reader) -> None:
    lines = [line for title in written.blocks if title.endswith(("adapter.py", "mapping.py"))
             for line in written.blocks[title].text.splitlines()]  # fmt: skip
    assert len(lines) <= 150
    summary = written.pytest("test_contract.py").splitlines()[-1]
    passed = int(summary.split()[0])
    assert passed > 300, summary
    assert summary.split()[1:3] == ["passed", "in"], summary


def test_the_function_for_a_response_runs() -> None:
    (block,) = [block for block in blocks_of(PAGE) if block.language == "python" and block.title is None]
    names: dict[str, object] = {}
    exec(compile(block.text, block.place, "exec", dont_inherit=True), names)
    cloud: Any = names["CLOUD"]
    assert cloud.operations[0].name == "getShares"
