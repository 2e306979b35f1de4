"""The corpus of a cloud: each call, recorded against the emulator, with the places of every response."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyqpu
from anyqpu.config.settings import SECRETS
from anyqpu_emulator import Emulator
from tests.fuzz import raw_calls, sockets
from tests.fuzz.calls import Facts, Run, calls_of
from tests.fuzz.edits import Path as Place
from tests.fuzz.edits import places_of
from tests.fuzz.odd import PLANTED
from tests.fuzz.tape import Change, Player, Recorder, Tape
from tests.support import virtual_time

HOST = "http://127.0.0.1"
# For files that a case reads; removed when the process ends.
FOLDER = Path(tempfile.mkdtemp(prefix="anyqpu-fuzz-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
# Those of the emulator, with a credential that must not be seen in place of each secret.
CREDENTIALS: dict[str, dict[str, str]] = {
    name: {
        setting: PLANTED if setting in SECRETS else value
        for setting, value in (spec.emulator.credentials if spec.emulator else {}).items()
    }
    for name, spec in anyqpu.available_providers().items()
}


@dataclass(slots=True)
class Recorded:
    """A call and what was said while it ran; `places` has those of each exchange that has any."""

    name: str
    run: Run
    tape: Tape
    error: str | None
    places: dict[int, list[Place]] = field(default_factory=dict[int, list[Place]])


@dataclass(slots=True)
class Corpus:
    """All calls of a cloud."""

    provider: str
    facts: Facts
    calls: dict[str, Recorded]

    def player(self, name: str, change: Change) -> Player:
        """A transport that plays a call's tape."""
        return Player(self.calls[name].tape, change, secret=PLANTED)


def connect(provider: str, transport: Any, **options: Any) -> Any:
    """A client of the cloud under test, over a transport in place of the network."""
    settings: dict[str, Any] = {
        "retry": anyqpu.RetryPolicy(attempts=1),
        "poll": anyqpu.PollPolicy(floor=1.0),
        **CREDENTIALS[provider],
        **options,
    }
    return anyqpu.connect(provider, emulator=HOST, transport=transport, **settings)  # type: ignore[call-overload]


@asynccontextmanager
async def emulated(provider: str) -> AsyncIterator[Emulator]:
    """An emulator that lives in the loop's virtual time."""
    selector = virtual_time.selector()
    # Rigetti's jobs run over real sockets, which take real time.
    selector.patience = 1.5 if provider == "rigetti" else 0.0
    speed: Any = "instant" if provider == "rigetti" else "fast"
    async with Emulator(speed=speed, seed=1, strict=False, clock=virtual_time.LoopClock()) as emulator:
        selector.busy = lambda: emulator.computing
        try:
            yield emulator
        finally:
            selector.busy, selector.patience = lambda: False, 0.0


async def record(provider: str, only: str | None = None) -> Corpus:
    """Run every call of a cloud once against the emulator, and keep what was said."""
    calls, prepare = calls_of(provider)
    async with emulated(provider) as emulator:
        recorder = Recorder(emulator.app)
        async with connect(provider, recorder) as client:
            facts = await prepare(client, emulator)
        recorded: dict[str, Recorded] = {}
        for name, run in calls.runs.items():
            if only is not None and name != only:
                continue
            recorded[name] = await _record_one(provider, name, run, facts, emulator)
    for name, run, tape in raw_calls.calls_of(provider):
        if only is None or name == only:
            recorded[name] = Recorded(name, run, tape, None)
    for call in recorded.values():
        for number, exchange in enumerate(call.tape.exchanges):
            call.places[number] = places_of(exchange.body)
    return Corpus(provider, facts, recorded)


async def _record_one(provider: str, name: str, run: Run, facts: Facts, emulator: Emulator) -> Recorded:
    recorder = Recorder(emulator.app)
    error: str | None = None
    with sockets.recording(recorder.tape):
        async with connect(provider, recorder) as client:
            try:
                await run(client, facts)
            except anyqpu.AnyQPUError as problem:
                error = f"{type(problem).__name__}: {problem}"
    return Recorded(name, run, recorder.tape, error)
