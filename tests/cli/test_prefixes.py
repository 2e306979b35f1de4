"""Identifiers by their first characters: unique ones are accepted, others list the matches."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest

from anyqpu.errors import NotFoundError, ValidationError
from anyqpu.model.handle import JobHandle
from anyqpu_cli import prefixes
from anyqpu_cli.setup import Setup
from anyqpu_emulator.server import running
from tests.cli.shell import BELL, out, read_within, run, within

QSIM = "kipu:kipu.sim.qsim"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(speed="instant", seed=7) as address:
        yield address


def submitted(url: str, device: str = QSIM) -> str:
    """Submit a job and return its identifier."""
    id: str = read_within("submit", BELL, "--device", device, "--shots", 10, "--emulator-url", url)["id"]
    return id


@pytest.mark.parametrize("device", [QSIM, "scaleway:EMU-AER-16C-128M"])
def test_a_job_by_the_first_characters_of_its_id(url: str, device: str) -> None:
    id, provider = submitted(url, device), device.partition(":")[0]
    for words in ([f"{provider}:{id[:8]}"], [provider, id[:8]], [f"anyqpu:{provider}:job:{id[:8]}"]):
        done = run("job", "show", *words, "--emulator-url", url)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(f"anyqpu:{provider}:job:{id}")
        assert done.stderr.startswith(f"{provider}:{id[:8]} is {provider}:{id}, the only match among the ")
    assert read_within("job", "result", f"{provider}:{id[:8]}", "--quiet", "--emulator-url", url)["id"] == id


def test_a_whole_id_needs_no_list(url: str) -> None:
    id = submitted(url)
    with running(speed="instant") as other:
        code, printed = within("job", "show", f"kipu:{id}", "--emulator-url", other)
        requests = httpx.get(f"{other}/_control/requests", trust_env=False).json()["requests"]
    assert (code, printed.count("`anyqpu jobs kipu` lists the jobs")) == (2, 1)
    assert [request["path"].rpartition("/")[2] for request in requests] == [id]


def test_cancelling_by_prefix_prints_the_whole_id(url: str) -> None:
    id = submitted(url)
    assert out("job", "cancel", f"kipu:{id[:8]}", "--emulator-url", url).startswith(f"anyqpu:kipu:job:{id}  ")


def test_a_session_by_the_first_characters_of_its_id(url: str) -> None:
    body = json.dumps({"backend_id": "ibm.qpu.fez", "mode": "batch", "provider": "IBM"})
    id = json.loads(out("api", "POST", "kipu:/sessions", "--data", body, "--emulator-url", url))["id"]
    where = ("--emulator-url", url)
    assert read_within("sessions", "show", f"kipu:{id[:8]}", "--quiet", *where)["id"] == id
    bell = ("submit", BELL, "--device", "kipu:ibm.qpu.fez", "--yes", "--quiet")
    assert read_within(*bell, "--session", id[:8], *where)["session"] == id
    assert out("sessions", "close", f"kipu:{id[:8]}", "--yes", "--quiet", *where) == f"kipu:{id}\n"


def test_a_device_by_the_first_characters_of_its_name(url: str) -> None:
    where = ("--emulator-url", url)
    done = run("device", "kipu:iqm.", *where)
    assert done.stdout.startswith("kipu:iqm.qpu.garnet\n")
    assert done.stderr == "kipu:iqm. is kipu:iqm.qpu.garnet\n"
    assert read_within("device", "scaleway:QPU-G", "--quiet", *where)["target"] == "scaleway:QPU-GARNET-20PQ"
    code, printed = within("device", "scaleway:QPU-", *where)
    assert (code, printed.count("scaleway:QPU-")) == (2, 3)
    assert "3 devices begin with 'QPU-': " in printed
    assert printed.endswith("Give more characters\n")
    slots = read_within("reservations", "find", "rigetti:Aspen-M", "--limit", 1, "--quiet", *where)
    assert slots[0]["device"] == "Aspen-M-3"


@pytest.mark.parametrize("option", [("--yes",), ("--max-cost", "100 EUR")])
def test_with_confirmation_in_advance_a_device_is_named_in_full(url: str, option: tuple[str, ...]) -> None:
    code, printed = within("submit", BELL, "--device", "kipu:kipu.sim", *option, "--emulator-url", url)
    assert code == 2
    assert "kipu.sim.qsim" in printed
    code, printed = within("submit", BELL, "--device", "kipu:kipu.sim", "--quiet", "--emulator-url", url)
    assert code == 0


def test_a_short_number_is_never_a_prefix(url: str) -> None:
    booking = ("--start", "in 3h", "--duration", "30m", "--yes", "--emulator-url", url)
    id = read_within("reservations", "book", "rigetti:Aspen-9", *booking)["id"]
    for text in (id[:-1] or "0", f"{id}0", f"{id}0000"):
        code, printed = within("reservations", "cancel", f"rigetti:{text}", "--emulator-url", url)
        assert code == 2, printed
    assert read_within("reservations", "rigetti", "--emulator-url", url)[0]["status"] == "confirmed"
    assert out("reservations", "cancel", f"rigetti:{id}", "--emulator-url", url).startswith(f"rigetti:{id}  cancelled")


class Jobs:
    """A client with a list of jobs, which counts those that are read."""

    provider = "p"
    capabilities = SimpleNamespace(job_listing=True)

    def __init__(self, ids: list[str]) -> None:
        self.ids, self.read = ids, 0

    async def resume(self, handle: JobHandle) -> Any:
        for id in self.ids:
            if id == handle.id:
                return SimpleNamespace(id=id)
        raise NotFoundError("no such job", provider="p", status_code=404)

    def jobs(self) -> AsyncIterator[Any]:
        self.read = 0
        return self

    def __aiter__(self) -> AsyncIterator[Any]:
        return self

    async def __anext__(self) -> Any:
        if self.read == len(self.ids):
            raise StopAsyncIteration
        self.read += 1
        return SimpleNamespace(id=self.ids[self.read - 1])


async def found_id(client: Jobs, prefix: str) -> str:
    job = await prefixes.find_job(Setup(quiet=True), cast("Any", client), JobHandle("p", prefix))
    return job.id


@pytest.mark.anyio
async def test_several_matches_are_listed_and_none_is_chosen(anyio_backend: str) -> None:
    client = Jobs([f"abcd{number:016d}" for number in range(7)])
    with pytest.raises(ValidationError, match=r"7 jobs .* 'abcd': p:abcd0000000000000000, .* and 2 more") as one:
        await found_id(client, "abcd")
    assert one.value.hint == "Give more characters"
    assert await found_id(client, "abcd0000000000000006") == "abcd0000000000000006"


@pytest.mark.anyio
async def test_an_exact_id_wins_over_longer_ones(anyio_backend: str) -> None:
    client = Jobs(["abcd", "abcd0000000000000001"])
    assert await found_id(client, "abcd") == "abcd"
    assert client.read == 0


@pytest.mark.anyio
@pytest.mark.parametrize("prefix", ["abc", "0f3b3f0e-7385-42bd-8bb1-82ec4546295b"])
async def test_a_very_short_text_and_a_whole_id_are_not_searched(anyio_backend: str, prefix: str) -> None:
    client = Jobs(["abcd0000000000000001"])
    with pytest.raises(NotFoundError):
        await found_id(client, prefix)
    assert client.read == 0


@pytest.mark.anyio
async def test_a_search_is_bounded_and_says_so(anyio_backend: str, capsys: pytest.CaptureFixture[str]) -> None:
    client = Jobs(["wxyz0000000000000001", *(f"abcd{number:016d}" for number in range(5000))])
    job = await prefixes.find_job(Setup(), cast("Any", client), JobHandle("p", "wxyz"))
    assert (job.id, client.read) == ("wxyz0000000000000001", prefixes.SEARCHED)
    assert "the only match among the newest 1000 jobs" in capsys.readouterr().err
    with pytest.raises(NotFoundError) as error:
        await found_id(client, "0123456")
    assert "It begins no identifier of the newest 1000 jobs" in str(error.value)


@pytest.mark.anyio
async def test_ids_shorter_than_16_characters_are_only_accepted_whole(anyio_backend: str) -> None:
    with pytest.raises(NotFoundError):
        await found_id(Jobs(["12345"]), "1234")
