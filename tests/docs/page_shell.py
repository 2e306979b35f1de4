"""Run the commands of a page in one shell, and check those that run elsewhere in the project."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import tomllib
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from scripts.docs_site.outside import ROOT
from tests.support import forks

_DONE = "=== done ==="


def _shims() -> dict[str, str]:
    """Return commands of a page, for the interpreter of the tests."""
    python = f'exec "{sys.executable}"'
    command = f'{python} -c "from anyqpu_cli import main; main()" "$@"'
    program = f'{python} "$@"'
    if forks.can_run({}):
        copy = f'{python} -I -S "{forks.__file__}" "{forks.address()}"'
        command = f'case "$1" in emulate) {command};; *) {copy} anyqpu "$@";; esac'
        program = f'case "$1" in *.py) {copy} "$@";; *) {program};; esac'
    return {"anyqpu": command, "python": program, "pytest": f'{python} -m pytest "$@"'}


def _extras_exist(words: str) -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for named in re.findall(r"anyqpu\[([a-z0-9,-]+)\]", words):
        assert set(named.split(",")) <= extras.keys(), f"no such extra: {words}"


def _targets_exist(words: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for word in re.split(r"#|\|\|", words)[0].split():
        if "=" not in word:
            assert re.search(rf"^{re.escape(word)}:", makefile, re.MULTILINE), f"no such target: {word}"


def _script_exists(words: str) -> None:
    path = ROOT.joinpath(*words.split(maxsplit=1)[0].split("."))
    assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), f"no such script: {words}"


def _nothing(words: str) -> None:
    """Check nothing: the command is not part of the project."""


# Commands that a page's test does not run: their check here, and the place in the repository that runs them.
ELSEWHERE = (
    (re.compile(r"(?:\.venv/bin/)?(?:python -m )?pip install (.*)"), _extras_exist, "scripts/recordings"),
    (re.compile(r"make (.*)"), _targets_exist, ".ci/run"),
    (re.compile(r"(?:\.venv/bin/)?python -m ((?:scripts|tests)\..*)"), _script_exists, "tests/scripts"),
    (re.compile(r"\.venv/bin/(pytest|pre-commit)\b.*"), _nothing, "Makefile"),
    (re.compile(r"git (clone|commit|tag|diff|status)\b.*|cd anyqpu"), _nothing, ".ci/run"),
    (re.compile(r"python -m (venv) .*|\. \.venv/bin/activate"), _nothing, "scripts/recordings"),
    (re.compile(r"\.ci/run"), _nothing, ".ci/run"),
    # They run until they are stopped.
    (re.compile(r"(procrastinate|celery) .*"), _nothing, "tests/fleet/test_engines.py"),
    # They need Qiskit, which the engines' environment has, and that of the recording.
    (re.compile(r"python native_\w+\.py|anyqpu submit .* --transpile.*"), _nothing, "tests/peers/drive_native.py"),
)


def is_run_elsewhere(command: str) -> bool:
    """Whether a command is on the list; checks it if so."""
    for pattern, check, place in ELSEWHERE:
        if match := pattern.fullmatch(command.strip()):
            assert (ROOT / place).exists(), place
            check(match[1] or "" if pattern.groups else "")
            return True
    return False


class Shell:
    """A shell that stops at the first command that fails; use it in a `with` statement."""

    def __init__(self, folder: Path, bin: Path, **environment: str) -> None:
        bin.mkdir(exist_ok=True)
        for name, command in _shims().items():
            shim = bin / name
            shim.write_text(f"#!/bin/sh\n{command}\n", encoding="utf-8")
            shim.chmod(shim.stat().st_mode | stat.S_IXUSR)
        self._process = subprocess.Popen(
            ["sh", "-eu"],
            cwd=folder,
            env={**os.environ, "PATH": f"{bin}:{os.environ['PATH']}", "NO_COLOR": "1", **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )

    def run(self, command: str) -> str:
        """Return the output of a command. A server moves to the background once it is ready."""
        serves = re.match(r"anyqpu emulate\b(?!.*&\s*$)", command)
        if serves:
            # The port in the page may be in use.
            command = re.sub(r"--port \d+", "", command.partition("#")[0]) + " --port 0 | tee served &"
            command += "\nuntil grep -q control served; do kill -0 $!; sleep 0.1; done"
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{{\n{command}\n}} </dev/null\necho '{_DONE}'\n")
        self._process.stdin.flush()
        lines: list[str] = []
        for line in self._process.stdout:
            if line.strip() == _DONE:
                break
            lines.append(line)
        else:
            raise AssertionError(f"exit code {self._process.wait()}: {command}\n{''.join(lines)}")
        text = "".join(lines)
        assert "Traceback (most recent call last)" not in text, text
        return text

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        # Stop the background processes of a page.
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
