"""What a client returns can be copied, pickled and turned into dictionaries; the client and its secrets stay behind."""

from __future__ import annotations

import copy
import dataclasses
import gc
import json
import pickle
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest

import anyqpu
from anyqpu import Counts, JobHandle, Money, errors
from anyqpu.config import Setting, Settings
from anyqpu.model.reservation import Reservation, ReservationStatus
from anyqpu.transport import hooks
from anyqpu.transport.auth import HeaderAuth
from anyqpu.transport.secret import Form, Secret
from anyqpu.transport.tokens import Token
from tests.emulator.pasqal.helpers import FLIP

pytestmark = pytest.mark.anyio

CANARY = "canary-2f60"
BELL = Path(__file__).parents[2] / "examples" / "bell.qasm"


def pickled(protocol: int) -> Callable[[Any], Any]:
    return lambda thing: pickle.loads(pickle.dumps(thing, protocol))


COPIES: dict[str, Callable[[Any], Any]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    **{f"pickle {protocol}": pickled(protocol) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)},
}


@pytest.fixture
async def things(anyio_backend: str) -> AsyncIterator[dict[str, Any]]:
    """One of each kind, read from emulated clouds."""
    async with (
        anyqpu.connect("kipu", emulator=True) as kipu,
        anyqpu.connect("rigetti", emulator=True) as rigetti,
        anyqpu.connect("scaleway", emulator=True) as scaleway,
    ):
        job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=10)
        result = await job.result(timeout=60)
        listed = await kipu.jobs().first()
        assert listed is not None
        async with scaleway.session(device="EMU-AER-16C-128M"):
            session = await scaleway.sessions().first()
        yield {
            "job": job,
            "listed job": listed,
            "device": await kipu.device("kipu.sim.qsim"),
            "session": session,
            "calibration": await rigetti.calibration("Aspen-9"),
            "result": result,
            "counts": result.counts,
            "money": Money(Decimal("1.50"), "EUR"),
            "handle": job.handle,
            "reservation": Reservation(
                provider="rigetti",
                id="1",
                device_id="d",
                status=ReservationStatus.ACTIVE,
                start=datetime(2030, 1, 1, tzinfo=UTC),
                price=Money(Decimal(1), "USD"),
            ),
        }


async def test_everything_can_be_copied_and_pickled(things: dict[str, Any]) -> None:
    for name, thing in things.items():
        for how, make in COPIES.items():
            again = make(thing)
            assert again == thing, (name, how)
            assert type(again) is type(thing)


async def test_dataclasses_become_dictionaries_without_the_client(things: dict[str, Any]) -> None:
    for name, thing in things.items():
        if not dataclasses.is_dataclass(thing):
            continue
        fields = dataclasses.asdict(thing)  # type: ignore[arg-type]
        assert len(dataclasses.astuple(thing)) == len(fields)  # type: ignore[arg-type]
        assert "_actions" not in fields, name
        assert not {field.name for field in dataclasses.fields(thing)} & {"_actions", "_attached"}
    assert dataclasses.asdict(things["listed job"])["id"] == things["job"].id


async def test_a_replaced_field_leaves_the_client_attached(things: dict[str, Any]) -> None:
    renamed = dataclasses.replace(things["job"], name="another")
    assert (await renamed.refresh()).id == things["job"].id


async def test_the_handle_of_a_copy_still_says_whose_job_it_is_and_where(anyio_backend: str) -> None:
    """Otherwise resuming it might ask another account, or the cloud instead of the emulator."""
    emulator = "http://127.0.0.1:9"
    async with anyqpu.connect("scaleway", emulator=emulator, secret_key="a-key", project_id="p-1") as scaleway:
        job = scaleway.attach("anyqpu:scaleway:job:5904")
    restored = anyqpu.Job.from_dict(json.loads(json.dumps(job.to_dict())))
    for again in (restored, *(make(job) for make in COPIES.values())):
        assert str(again.handle) == str(job.handle)
        assert again.handle.base_url == f"{emulator}/scaleway"
        assert again.handle.account["project_id"] == "p-1"


def test_a_dictionary_without_a_valid_handle_is_read_all_the_same() -> None:
    job = anyqpu.Job(provider="kipu", id="1", device_id=None, status=anyqpu.JobStatus.QUEUED, raw_status="Q")
    for handle in (None, 1, "https://a.example"):
        assert anyqpu.Job.from_dict({**job.to_dict(), "handle": handle}) == job


async def test_a_copied_job_has_no_client_and_says_how_to_get_one(things: dict[str, Any]) -> None:
    for name in ("job", "listed job"):
        for make in COPIES.values():
            job = make(things[name])
            for act in (job.refresh, job.wait, job.result, job.cancel):
                with pytest.raises(errors.ClientStateError, match=r"anyqpu\.resume") as caught:
                    await act()
                assert isinstance(caught.value, RuntimeError)
            with pytest.raises(errors.ClientStateError):
                job.events()
            assert job.handle == things[name].handle


async def test_a_copied_batch_has_no_client_either(anyio_backend: str) -> None:
    from anyqpu.model.batch import Batch, BatchResults
    from anyqpu.model.status import JobStatus

    batch = Batch(provider="pasqal", id="b", device_id=None, status=JobStatus.RUNNING, raw_status="RUNNING")
    results = BatchResults(batch, {}, {"j": errors.JobFailedError("no", handle=JobHandle("pasqal", "j"))})
    for make in COPIES.values():
        again = make(batch)
        assert again == batch
        with pytest.raises(errors.ClientStateError, match="get_batch"):
            await again.refresh()
        assert make(results).batch == batch
        assert str(make(results).failures["j"]) == "no"
    assert dataclasses.asdict(batch)["id"] == "b"


@pytest.mark.parametrize(
    "kind", [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.AnyQPUError)]
)
def test_errors_of_every_kind_can_be_copied_with_all_they_say(kind: type[errors.AnyQPUError]) -> None:
    more: dict[str, Any] = {"dedup_key": "k", "since": datetime.now(UTC)} if "Submission" in kind.__name__ else {}
    error = kind("what", provider="kipu", body={"a": [1]}, hint="do", retry_after=1.5, **more)
    error.add_note("noted")
    for make in COPIES.values():
        again = make(error)
        assert type(again) is kind
        assert (str(again), vars(again)) == (str(error), vars(error))


def test_events_are_read_from_pickles_of_the_module_that_exports_them() -> None:
    event = hooks.RetryEvent(provider="kipu", operation="getJob", attempt=1, delay=0.5, error="late")
    assert pickle.loads(pickle.dumps(event)) == event
    for name in ("RequestEvent", "ResponseEvent", "RetryEvent", "StateEvent"):
        # Protocol 0: the class `name` of the module, and the end.
        assert pickle.loads(f"canyqpu.transport.hooks\n{name}\n.".encode()) is getattr(hooks, name)
    with pytest.raises(AttributeError, match="has no attribute 'Event'"):
        getattr(hooks, "Event")  # noqa: B009  # by name, so that type checkers accept it


# Secrets


def settings(**values: str) -> Settings:
    entries = {name: Setting(value, f"argument {name}") for name, value in values.items()}
    return Settings("kipu", entries, profile="work")


@pytest.mark.parametrize(
    "thing",
    [
        settings(token=CANARY),
        settings(password=CANARY, username="ada"),
        settings(base_url=f"https://user:{CANARY}@example.com"),
        Setting(CANARY, "argument token"),
        Secret(CANARY),
        Form({"password": Secret(CANARY)}),
        Token(Secret(CANARY)),
        HeaderAuth({"X": Secret(CANARY)}),
    ],
    ids=lambda thing: type(thing).__name__,
)
def test_what_holds_a_credential_is_not_copied_out(thing: Any) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError, match="cannot be pickled"):
            pickle.dumps(thing, protocol)
    with pytest.raises(TypeError):
        copy.deepcopy(thing)
    with pytest.raises(TypeError):
        dataclasses.asdict(thing)
    with pytest.raises(TypeError):
        dataclasses.astuple(thing)
    assert CANARY not in f"{thing!r} {thing} {getattr(thing, '__dict__', '')!r}"


def test_settings_without_a_credential_travel() -> None:
    plain = settings(base_url="https://example.com", organization_id="o")
    again = pickle.loads(pickle.dumps(plain))
    assert again == plain
    assert (again.profile, again.origin("organization_id")) == ("work", "argument organization_id")


def objects_of_anyqpu(root: object) -> Iterator[object]:
    """Everything of anyqpu's classes that an object leads to."""
    visited: set[int] = set()
    queue = [root]
    while queue:
        item = queue.pop()
        if id(item) in visited or isinstance(item, type | ModuleType | FunctionType):
            continue
        visited.add(id(item))
        queue += gc.get_referents(item)
        if type(item).__module__.startswith("anyqpu"):
            yield item


async def test_a_client_shows_no_credential_and_cannot_be_pickled(anyio_backend: str) -> None:
    async with anyqpu.connect("kipu", username="ada", password=CANARY, client_id="c") as kipu:
        kinds = set()
        for item in objects_of_anyqpu(kipu):
            kinds.add(type(item))
            assert CANARY not in f"{item!r} {getattr(item, '__dict__', '')!r}", type(item)
        assert {type(kipu), Settings, Secret} <= kinds, "the walk reaches the credential"
        for item in (kipu, kipu.settings):
            # Locks and connections cannot be pickled either: which of the two is met first does not matter.
            with pytest.raises((TypeError, AttributeError, pickle.PicklingError)):
                pickle.dumps(item)


SECRETS: dict[str, dict[str, str]] = {
    "kipu": {"token": CANARY},
    "scaleway": {"secret_key": CANARY, "project_id": "p"},
    "pasqal": {"username": "ada", "password": CANARY, "project_id": "5904a9f2-7a1c-4c7e-9a55-0f8a4c1c7a10"},
    "rigetti": {"refresh_token": CANARY},
}


@pytest.mark.parametrize("cloud", SECRETS)
async def test_no_copy_of_what_a_client_returns_has_a_credential(cloud: str, anyio_backend: str) -> None:
    async with anyqpu.connect(cloud, emulator=True, **SECRETS[cloud]) as client:
        returned: list[Any] = await client.devices().collect(limit=3)
        if client.capabilities.job_listing:
            device = {"kipu": "kipu.sim.qsim", "scaleway": "EMU-AER-16C-128M", "pasqal": "EMU_FREE"}[cloud]
            program = FLIP if cloud == "pasqal" else BELL
            job = await client.submit(program, device=device, shots=10)
            result = await job.result(timeout=60)
            returned += [job, job.handle, result, *await client.jobs().collect(), await client.device(device)]
        if client.capabilities.sessions:
            returned += await client.sessions().collect()
    assert len(returned) >= 2
    for thing in returned:
        texts = [str(vars_of(make(thing))) for make in COPIES.values()]
        texts += [str(dataclasses.asdict(thing)), json.dumps(thing.to_dict()), repr(thing)]
        assert not [text for text in texts if CANARY in text], type(thing)
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            assert CANARY.encode() not in pickle.dumps(thing, protocol)


def vars_of(thing: Any) -> dict[str, Any]:
    return {field.name: getattr(thing, field.name) for field in dataclasses.fields(thing)}


def test_counts_and_money_keep_their_order_and_their_exactness() -> None:
    counts = Counts({"10": 3, "01": 1}, order="lsb_left", bit_labels=["a", "b"])
    again = pickle.loads(pickle.dumps(counts))
    assert (again.order, again.bit_labels, json.dumps(dict(again))) == ("lsb_left", ("a", "b"), '{"10": 3, "01": 1}')
    price = copy.deepcopy(Money(Decimal("0.10"), "EUR"))
    assert str(price) == "0.10 EUR"
