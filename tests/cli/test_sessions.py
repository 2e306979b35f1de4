"""`anyqpu sessions`: list, show, close and drain, at every provider that has sessions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import anyio
import httpx
import pytest

import anyqpu
from anyqpu_emulator.server import running
from tests.cli.shell import BELL, on_a_terminal, read_within, within

DEVICES = {"scaleway": "QPU-GARNET-20PQ", "kipu": "ibm.qpu.fez", "pasqal": "EMU_FREE"}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(speed="instant", seed=7) as address:
        yield address


@contextmanager
def held_jobs(url: str) -> Iterator[None]:
    """Keep jobs that are submitted in the block queued: the emulator's clock stands still."""
    control(url, rate=0, speed="real")
    try:
        yield
    finally:
        control(url, rate=1, speed="instant")


def control(url: str, **clock: object) -> None:
    for name, value in clock.items():
        httpx.post(f"{url}/_control/clock", json={name: value}).raise_for_status()


def opened(url: str, provider: str) -> str:
    """Open a session and return it as the command line names it."""

    async def call() -> str:
        async with anyqpu.connect(provider, emulator=url) as client:
            return f"{provider}:{(await client.open_session(DEVICES[provider])).id}"

    return anyio.run(call)


def submit_to(url: str, session: str) -> None:
    provider = session.partition(":")[0]
    device = f"{provider}:{DEVICES[provider]}"
    code, printed = within(
        *("submit", BELL, "--device", device, "--session", session, "--shots", 10, "-y", "--emulator-url", url)
    )
    assert code == 0, printed


@pytest.mark.parametrize("provider", DEVICES)
def test_a_session_is_listed_shown_and_closed(url: str, provider: str) -> None:
    session = opened(url, provider)
    id = session.partition(":")[2]
    for words in (["sessions"], ["sessions", provider], ["sessions", "list", provider]):
        assert id in [entry["id"] for entry in read_within(*words, "--emulator-url", url)]
        assert session in within(*words, "--emulator-url", url)[1]
    entry = read_within("sessions", "show", session, "--emulator-url", url)
    assert (entry["id"], entry["provider"]) == (id, provider)
    lines = within("sessions", "show", provider, id, "--emulator-url", url)[1].splitlines()
    assert lines[0] == session
    facts = dict(line.strip().split(maxsplit=1) for line in lines[1:])
    # By the name that `--device` takes, not by the platform's identifier.
    assert facts["device"] == f"{provider}:{DEVICES[provider]}"
    closed = read_within("sessions", "close", session, "--emulator-url", url)
    assert closed["id"] == id
    assert closed["accepts_jobs"] is False
    # Closing what has ended changes nothing.
    assert read_within("sessions", "close", session, "--yes", "--emulator-url", url)["id"] == id


@pytest.mark.parametrize("provider", ["kipu", "pasqal"])
def test_a_drained_session_takes_no_more_jobs(url: str, provider: str) -> None:
    session = opened(url, provider)
    assert read_within("sessions", "drain", session, "--emulator-url", url)["accepts_jobs"] is False


def test_where_a_session_cannot_be_drained_the_hint_names_commands(url: str) -> None:
    assert within("sessions", "drain", opened(url, "scaleway"), "--emulator-url", url) == (
        2,
        "anyqpu: scaleway: Scaleway has no way to drain a session. "
        "Wait for its jobs with `anyqpu job wait`, and end it with `anyqpu sessions close`\n",
    )


@pytest.mark.parametrize("command", ["show", "close", "drain"])
def test_a_session_that_does_not_exist_is_one_line(url: str, command: str) -> None:
    code, printed = within("sessions", command, "scaleway:00000000-0000-4000-8000-000000000000", "--emulator-url", url)
    assert (code, printed.count("\n")) == (2, 1)
    assert printed.startswith("anyqpu: scaleway GetSession")
    assert printed.endswith("`anyqpu sessions scaleway` lists the sessions\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["show", "rigetti:1"],
            "Rigetti has no sessions. Set time on a processor aside with `anyqpu reservations book`",
        ),
        (["close", "7"], "'7' is not PROVIDER:ID"),
        (["close", "scalway:7"], "Did you mean 'scaleway'?"),
        (["close"], "missing argument 'PROVIDER:ID'"),
        (["cloze", "scaleway:7"], "no such command 'cloze'. Did you mean 'close'?"),
    ],
)
def test_what_makes_no_sense_is_one_line(url: str, words: list[str], message: str) -> None:
    code, printed = within("sessions", *words, "--emulator-url", url)
    assert (code, printed.count("\n")) == (2, 1)
    assert message in printed


def test_closing_asks_while_jobs_run(url: str) -> None:
    session, again = opened(url, "scaleway"), opened(url, "scaleway")
    id = session.partition(":")[2]
    where = ("--emulator-url", url)
    question = f"2 jobs have not ended in session {id}, and may be cancelled with it"
    with held_jobs(url):
        for place in (session, session, again):
            submit_to(url, place)
        assert within("sessions", "close", session, *where) == (
            2,
            f"anyqpu: {question}; there is no terminal to confirm it. Confirm it with --yes\n",
        )
        code, printed, shown = on_a_terminal("sessions", "close", session, *where, typed="n\n")
        assert (code, printed) == (1, "")
        assert f"{question}. Close it? [y/N]" in shown
        assert "The session stays open." in shown
        assert read_within("sessions", "show", session, *where)["accepts_jobs"] is True
        code, printed, shown = on_a_terminal("sessions", "close", session, *where, typed="y\n")
        assert code == 0, shown
        assert printed.split()[0] == session
        assert within("sessions", "close", again, "-y", *where)[0] == 0
    assert read_within("sessions", "show", session, *where)["status"] == "closed"
