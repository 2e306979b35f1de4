"""The parts of the fuzzing, by name: what their cases are, and how one is run."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from importlib import import_module
from typing import Any

from tests.fuzz import corpus as recording
from tests.fuzz import responses
from tests.fuzz.corpus import Corpus
from tests.fuzz.findings import Case, Finding

PROVIDERS = ("kipu", "scaleway", "pasqal", "rigetti")
# Parts that have a corpus for each cloud, and those that have none.
OF_CLOUDS = ("responses", "headers")
OTHERS = ("config", "handles", "programs")
_corpora: dict[str, Corpus] = {}


async def corpus_of(provider: str) -> Corpus:
    """The corpus of a cloud, recorded once in a process."""
    if provider not in _corpora:
        _corpora[provider] = await recording.record(provider)
    return _corpora[provider]


async def cases(part: str, provider: str, chance: random.Random, count: int, call: str) -> AsyncIterator[Case]:
    """So many cases of a part; `call` names the only one to play."""
    if part in OF_CLOUDS:
        return _module(part).cases(chance, await corpus_of(provider), count, call)
    return _module(part).cases(chance, count)


async def run_case(case: Case, *, deep: bool) -> Finding | None:
    """Run a case; None if it ends as promised."""
    if case[0] in OF_CLOUDS:
        return await _module(case[0]).run_case(await corpus_of(case[1]), case, deep=deep)
    return await _module(case[0]).run_case(case, deep=deep)


async def minimized(finding: Finding) -> Finding:
    """The finding with the smallest case that shows it."""
    case = finding.case
    if case[0] in OF_CLOUDS:
        return await responses.minimized(await corpus_of(case[1]), finding, _module(case[0]).run_case)
    return finding


def _module(part: str) -> Any:
    return import_module(f"tests.fuzz.{part}")
