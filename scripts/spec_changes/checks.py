"""Checks of the library with a new client: type checkers, tests, and the page of operations."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

TESTS_TIMEOUT = 1800
# Of one test: with another document, one may wait for what never comes.
TEST_TIMEOUT = 120
# In characters, of the reason of a failing test.
_REASON = 200
# So many tests that fail for the same reason share one line.
ALIKE = 4
# Parts of a reason that differ from test to test.
_VARIES = re.compile(r"request id [\w-]+|0x[0-9a-f]+|[0-9a-f]{8}-[0-9a-f-]+|\b\w+ \w+: (?=invalid response)")


def failures(provider: str, root: Path) -> list[str]:
    """Return what stops working, in lines: what a check could not do is one of them, and stops no other check."""
    pieces: dict[str, Callable[[str, Path], Iterator[str]]] = {
        "docs/operations.md": write_operations_page,
        "the type checkers": _type_errors,
        "the tests": _failed_tests,
    }
    lines: list[str] = []
    for name, piece in pieces.items():
        try:
            lines += piece(provider, root)
        except (OSError, ValueError, subprocess.SubprocessError, ElementTree.ParseError) as error:
            lines.append(f"{name}: could not be run: {error}")
    return lines


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=TESTS_TIMEOUT)


def write_operations_page(provider: str, root: Path) -> Iterator[str]:
    """Rewrite docs/operations.md, in a process that imports the new client."""
    done = _run(root, "scripts.operations_table")
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason"])[-1]
        yield f"docs/operations.md: not rewritten: {reason}; run python -m scripts.operations_table later"


def _type_errors(provider: str, root: Path) -> Iterator[str]:
    """Yield the type errors of the provider's package, each with the checkers that report one in its line."""
    package = f"src/anyqpu/providers/{provider}"
    places: dict[str, dict[str, str]] = {}
    for checker, errors in (("mypy", _mypy), ("pyright", _pyright)):
        for place, message in errors(provider, root, package):
            places.setdefault(place, {}).setdefault(checker, message)
    for place, messages in sorted(places.items(), key=lambda item: _by_line(item[0])):
        yield f"{place}: {next(iter(messages.values()))} ({' and '.join(messages)})"


def _by_line(place: str) -> tuple[str, int]:
    file, _, line = place.rpartition(":")
    return file, int(line) if line.isdigit() else 0


def _mypy(provider: str, root: Path, package: str) -> Iterator[tuple[str, str]]:
    done = _run(root, "mypy", "--no-error-summary", "--no-pretty", "-p", f"anyqpu.providers.{provider}")
    for line in done.stdout.splitlines():
        if match := re.match(rf"({re.escape(package)}/\S+?:\d+): error: (.*)", line):
            yield match[1], match[2]
    if done.returncode > 1:
        raise ValueError(f"mypy: {(done.stderr or done.stdout).strip()[-300:]}")


def _pyright(provider: str, root: Path, package: str) -> Iterator[tuple[str, str]]:
    done = _run(root, "pyright", "--pythonpath", sys.executable, "--outputjson", package)
    start = done.stdout.find("{")
    if start < 0:
        raise ValueError(f"pyright: {(done.stderr or done.stdout).strip()[-300:]}")
    for error in json.loads(done.stdout[start:])["generalDiagnostics"]:
        if error["severity"] == "error":
            file = Path(error["file"])
            shown = file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
            yield f"{shown}:{error['range']['start']['line'] + 1}", error["message"].splitlines()[0]


def _failed_tests(provider: str, root: Path) -> Iterator[str]:
    """Yield each test that fails, with its file, the number of its cases, and the reason of the first.

    Many tests that fail for the same reason are in one line.
    """
    suites = ["tests/contract", "tests/generated", "tests/specs", "tests/docs/test_operations_table.py"]
    suites += [f"tests/providers/{provider}"]
    suites = [suite for suite in suites if (root / suite).exists()]
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "tests.xml"
        options = ["-q", "--tb=line", "-p", "no:cacheprovider", "--continue-on-collection-errors"]
        options += ["-o", f"timeout={TEST_TIMEOUT}", f"--junitxml={result}", "-k", provider]
        done = _run(root, "pytest", *options, *suites)
        if not result.exists():
            raise ValueError((done.stdout + done.stderr)[-1000:])
        tree = ElementTree.parse(result)
    failed: dict[str, list[str]] = {}
    for case in tree.iter("testcase"):
        for problem in (*case.findall("failure"), *case.findall("error")):
            failed.setdefault(_test(case, root), []).append(_reason(problem))
    by_reason: dict[str, list[str]] = {}
    for test, reasons in sorted(failed.items()):
        by_reason.setdefault(_VARIES.sub("", reasons[0]), []).append(test)
    for tests in by_reason.values():
        cases = [len(failed[test]) for test in tests]
        shown = [f"{test} ({count} cases)" if count > 1 else test for test, count in zip(tests, cases, strict=True)]
        if len(tests) < ALIKE:
            yield from (f"{text}: {failed[test][0]}" for test, text in zip(tests, shown, strict=True))
        else:
            yield f"{len(tests)} tests, such as {shown[0]} and {shown[-1]}: {failed[tests[0]][0]}"


def _test(case: ElementTree.Element, root: Path) -> str:
    """Return the test as pytest takes it, without its parameters; a file that cannot be imported is one too."""
    name = case.get("name", "").partition("[")[0]
    parts = [*case.get("classname", "").split("."), name] if case.get("classname") else name.split(".")
    for length in range(len(parts), 0, -1):
        file = Path(*parts[:length]).with_suffix(".py")
        if (root / file).exists():
            return "::".join([file.as_posix(), *parts[length:]])
    return "::".join(parts)


def _reason(problem: ElementTree.Element) -> str:
    """Return why a test failed in one line; what could not be imported has its reason at the end of the text."""
    message = problem.get("message", "")
    if message in ("collection failure", ""):
        errors = re.findall(r"^E\s+(.*)", problem.text or "", re.MULTILINE)
        message = errors[-1] if errors else (problem.text or message).strip().splitlines()[-1]
    return " ".join(message.split())[:_REASON]
