"""What one process does: cases of one part, under limits; what they print and log is kept and searched."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import random
import sys
import time
import warnings
from collections.abc import AsyncIterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from typing import Any

from tests.fuzz import limits, parts
from tests.fuzz.findings import Case, Finding, Findings, finding_of
from tests.fuzz.odd import PLANTED, SIGNATURE
from tests.support import virtual_time

# The share of cases that are also logged in full, and whose tracebacks are looked at.
DEEP = 0.03
LOGGERS = ("anyqpu", "httpx", "httpcore")
# Cases between two resets of the memory's peak.
BATCH = 25


@dataclass(frozen=True, slots=True)
class Unit:
    """So many cases of a part, for one cloud where it has clouds."""

    part: str
    provider: str
    count: int
    seed: str
    call: str = ""


@dataclass(slots=True)
class Outcome:
    """What a unit found."""

    unit: Unit
    cases: int = 0
    findings: list[Finding] = field(default_factory=list[Finding])
    cpu: float = 0.0
    growth: int = 0
    outcomes: dict[str, int] = field(default_factory=dict[str, int])


class _LogHandler(logging.Handler):
    """Keeps what is logged, formatted as an application would."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class Runner:
    """Runs cases one after the other and keeps what they find."""

    def __init__(self) -> None:
        self.findings = Findings()
        self.handler = _LogHandler()
        self.peak = limits.Peak()
        self.case: Case = []
        self.deep = False
        self.cases = 0
        self._since_reset = BATCH

    async def run(self, case: Case, *, deep: bool) -> Finding | None:
        """Run one case."""
        self.case, self.deep = case, deep
        self._listen(deep)
        if self._since_reset >= BATCH:
            self.peak.reset()
            self._since_reset = 0
        self._since_reset += 1
        self.cases += 1
        try:
            with limits.limited():
                finding = await parts.run_case(case, deep=deep)
        except BaseException as error:
            if isinstance(error, asyncio.CancelledError | KeyboardInterrupt):
                raise
            finding = finding_of(error, case)
        if finding is None and (grown := self.peak.growth()) > limits.GROWTH:
            finding = Finding("memory", case[2] if len(case) > 2 else case[0], f"{grown >> 20} MB", case)
        if self.handler.lines:
            finding = finding or self._leak_in_log()
            self.handler.lines.clear()
        if finding is not None:
            # What it left behind is not the next one's.
            self._since_reset = BATCH
            self.findings.add(finding)
        return finding

    def _listen(self, deep: bool) -> None:
        level = logging.DEBUG if deep else logging.CRITICAL
        for name in LOGGERS:
            logging.getLogger(name).setLevel(level)

    def _leak_in_log(self) -> Finding | None:
        for line in self.handler.lines:
            if PLANTED in line or SIGNATURE in line:
                return Finding("unsafe", "log", f"a secret in a log line: {line[:60]}", self.case)
        return None

    def install(self) -> None:
        """Have what is logged, and what goes wrong behind a task's back, come here."""
        for name in LOGGERS:
            logger = logging.getLogger(name)
            logger.addHandler(self.handler)
            logger.propagate = False
        warnings.simplefilter("error")

        def unraisable(problem: Any) -> None:
            error = problem.exc_value or RuntimeError("unraisable")
            self.findings.add(finding_of(error, self.case))

        sys.unraisablehook = unraisable

        def unhandled(loop: Any, context: dict[str, Any]) -> None:
            error = context.get("exception") or RuntimeError(str(context.get("message")))
            self.findings.add(finding_of(error, self.case))

        asyncio.get_running_loop().set_exception_handler(unhandled)


def run_unit(unit: Unit) -> Outcome:
    """Run the cases of a unit; a hang inside the event loop itself begins a new loop for the cases that are left."""
    limits.install()
    outcome = Outcome(unit)
    runner = Runner()
    chance = random.Random(unit.seed)
    began = time.process_time()
    printed = io.StringIO()
    rss = limits.resident()
    cases: AsyncIterator[Case] | None = None

    async def main() -> None:
        nonlocal cases
        runner.install()
        if cases is None:
            cases = await parts.cases(unit.part, unit.provider, chance, unit.count, unit.call)
        async for case in cases:
            before = len(runner.findings.by_key)
            finding = await runner.run(case, deep=chance.random() < DEEP)
            if finding is not None and len(runner.findings.by_key) > before:
                smaller = await parts.minimized(finding)
                runner.findings.by_key[finding.key].case = smaller.case
                runner.findings.by_key[finding.key].message = smaller.message

    with redirect_stdout(printed), redirect_stderr(printed):
        while True:
            try:
                virtual_time.run(main)
                break
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException as error:
                if not runner.case:
                    raise
                runner.findings.add(finding_of(error, runner.case))
                if runner.cases >= unit.count:
                    break
    if text := printed.getvalue():
        secret = "a secret, " if PLANTED in text or SIGNATURE in text else ""
        runner.findings.add(Finding("printed", unit.part, f"{secret}{text[:150]}", [*runner.case]))
    outcome.cases = runner.cases
    outcome.findings = runner.findings.sorted()
    outcome.cpu = time.process_time() - began
    outcome.growth = limits.resident() - rss
    return outcome


def repeat(text: str) -> int:
    """Run the case of a command line, with the whole traceback where it is a finding."""
    case: Case = json.loads(text)
    limits.install()
    runner = Runner()
    findings: list[Finding] = []

    async def main() -> None:
        runner.install()
        finding = await runner.run(case, deep=True)
        findings.extend(runner.findings.sorted() or ([finding] if finding else []))

    virtual_time.run(main)
    for finding in findings:
        print("\n".join(finding.lines()))
        print(finding.traceback)
    if not findings:
        print("nothing wrong: the case ends as promised")
    return 1 if findings else 0
