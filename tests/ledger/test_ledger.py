"""What every ledger does, wherever it is kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import anyio
import pytest

from anyqpu import JobHandle, Money, Program, ProgramFormat
from anyqpu.errors import (
    AnyQPUError,
    BudgetExceededError,
    ClientStateError,
    ConfigError,
    ConflictError,
    NotFoundError,
    ValidationError,
)
from anyqpu.ledger import ledger as module
from anyqpu.ledger.entry import Account, Change, Lease, LeaseLostError, Outcome, boottime
from anyqpu.ledger.ledger import Ledger
from tests.ledger.jobs import ACCOUNT, BELL, HANDLE, brought, euros, job, jobs, opened, taken

pytestmark = pytest.mark.anyio


# Planning.


async def test_a_planned_job_is_read_back_as_it_is(where: str | None) -> None:
    program = Program("OPENQASM 3.0;", ProgramFormat.OPENQASM3, bits=3)
    options = {"submit": {"shots": 7, "name": "µ"}, "race": ["a", "b"]}
    before = time.time()
    async with await opened(where) as ledger:
        [planned] = await ledger.plan("run 1", [job(3, id="third", program=program, options=options, price=euros(2))])
        entry = await ledger.entry("key-000003")
        assert entry == planned
        assert (entry.run, entry.id, entry.place, entry.account, entry.device) == ("run 1", "third", 3, "kipu", "qsim")
        assert (entry.options, entry.state, entry.attempts, entry.tried_at) == (options, "planned", 0, None)
        assert (entry.handle, entry.outcome, entry.cancel_asked, entry.not_before) == (None, None, False, None)
        assert entry.price == euros(2)
        assert before <= entry.changed_at <= time.time()
        read = await ledger.program(entry.program)
        assert (read, read.bits) == (program, 3)
        with pytest.raises(NotFoundError, match="no entry with the key 'other'"):
            await ledger.entry("other")
        with pytest.raises(NotFoundError, match="no program"):
            await ledger.program("0" * 64)


async def test_planning_again_returns_the_entries_that_exist(where: str | None) -> None:
    async with await opened(where, jobs(3)) as ledger:
        first = await ledger.entries(run="sweep")
        lease = await taken(ledger)
        sent = await brought(ledger, lease, first[1].key, "sent")
        again = await ledger.plan("sweep", [replace(job(place), key=f"other-{place}") for place in range(5)])
        assert again[:3] == [first[0], sent, first[2]]
        assert [entry.key for entry in again[3:]] == ["other-3", "other-4"]
        assert len(await ledger.entries()) == 5


async def test_an_identifier_with_other_content_is_a_conflict(where: str | None) -> None:
    others: list[dict[str, Any]] = [
        {"program": Program("OPENQASM 2.0;", ProgramFormat.OPENQASM2)},
        {"program": replace(BELL, format=ProgramFormat.OPENQASM3)},
        {"device": "other"},
        {"account": "scaleway"},
        {"options": {"shots": 101}},
    ]
    async with await opened(where, jobs(2)) as ledger:
        for number, changes in enumerate(others):
            with pytest.raises(ConflictError, match="the run sweep has a job 1 with another program"):
                await ledger.plan("sweep", [job(2), job(1, key="other", **changes)])
            # Another run may have it.
            await ledger.plan(f"other {number}", [job(1, key=f"other-{number}", **changes)])
        assert [entry.id for entry in await ledger.entries(run="sweep")] == ["0", "1"]


async def test_a_job_on_a_device_of_several_is_the_same_on_another(where: str | None) -> None:
    async with await opened(where, [job(0, routed=True)]) as ledger:
        [entry] = await ledger.plan("sweep", [job(0, key="k", routed=True, device="other", account="scaleway")])
        assert (entry.key, entry.device) == ("key-000000", "qsim")
        with pytest.raises(ConflictError):
            await ledger.plan("sweep", [job(0, key="k", routed=True, options={})])


async def test_one_list_with_an_identifier_twice(where: str | None) -> None:
    async with await opened(where) as ledger:
        first, second = await ledger.plan("sweep", [job(0), job(0, key="other")])
        assert first == second
        with pytest.raises(ConflictError):
            await ledger.plan("sweep", [job(1), job(1, options={})])
        assert len(await ledger.entries()) == 1


async def test_a_key_belongs_to_one_entry(where: str | None) -> None:
    async with await opened(where, jobs(1)) as ledger:
        with pytest.raises(ConflictError, match="another entry with the same key"):
            await ledger.plan("sweep", [job(2), job(1, key="key-000000")])
        assert len(await ledger.entries()) == 1


async def test_a_job_that_cannot_be_kept_is_refused_with_all(where: str | None) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"options": {"timeout": object()}}, "the options of 1 cannot be kept in a ledger"),
        ({"options": {"scale": float("nan")}}, "the options of 1 cannot be kept in a ledger"),
        ({"program": replace(BELL, text="\ud800")}, "a text has|a character"),
        ({"price": euros(-1)}, "invalid amount -1 EUR"),
        ({"price": euros(10**10)}, "invalid amount 10000000000 EUR: expected at least 0, and at most 9223372036"),
        ({"id": ""}, "empty identifier"),
    ]
    async with await opened(where) as ledger:
        for changes, message in wrong:
            # More than one page.
            planned = [job(0), *(job(place) for place in range(2, 2100)), job(1, **changes)]
            with pytest.raises(ValidationError, match=message):
                await ledger.plan("sweep", planned)
        assert await ledger.entries() == []


async def test_a_program_of_more_than_64_megabytes_is_refused() -> None:
    async with await opened(None) as ledger:
        with pytest.raises(ValidationError, match="the program of 0 has 67108865 characters, more than 67108864"):
            await ledger.plan("sweep", [job(0, program=Program("x" * (64 * 2**20 + 1), ProgramFormat.OPENQASM2))])
        assert await ledger.entries() == []


async def test_accounts_are_those_that_the_ledger_was_begun_with(where: str | None) -> None:
    async with await opened(where) as ledger:
        other = Account("rigetti", "rigetti", "emulator", {})
        await ledger.enrol(other)
        await ledger.enrol(ACCOUNT)
        assert await ledger.accounts() == [ACCOUNT, other]
        for changed in (
            replace(ACCOUNT, base_url="https://other.example"),
            replace(ACCOUNT, identity={"project": "p-2"}),
            replace(ACCOUNT, provider="pasqal"),
        ):
            with pytest.raises(ConfigError, match="the ledger has the account kipu with") as caught:
                await ledger.enrol(changed)
            assert "or another ledger" in str(caught.value)
        assert await ledger.accounts() == [ACCOUNT, other]


# Lists.


async def test_lists_are_in_the_order_of_places(where: str | None) -> None:
    async with await opened(where) as ledger:
        # Texts are in another order than their numbers; and there are more than fit into a page.
        planned = jobs(2203)
        await ledger.plan("b", list(reversed(planned)))
        await ledger.plan("a", [replace(one, key=f"a{one.key}") for one in planned[:3]])
        entries = await ledger.entries(run="b")
        assert [entry.place for entry in entries] == list(range(2203))
        assert [(entry.run, entry.place) for entry in (await ledger.entries())[:4]] == [
            *(("a", 0), ("a", 1), ("a", 2), ("b", 0))
        ]
        lease = await taken(ledger)
        await brought(ledger, lease, "key-000700", "unknown")
        await brought(ledger, lease, "akey-000001", "unknown")
        assert [entry.key for entry in await ledger.entries(state="unknown")] == ["akey-000001", "key-000700"]
        assert [entry.key for entry in await ledger.entries(state="unknown", run="b")] == ["key-000700"]
        assert [entry.key for entry in await ledger.ended([entry.key for entry in entries])] == ["key-000700"]
        assert {entry.key for entry in await ledger.by_ids("a", ["1", "2", "7"])} == {"akey-000001", "akey-000002"}
        assert await ledger.ended([]) == []


async def test_open_entries_come_page_by_page(where: str | None) -> None:
    async with await opened(where, jobs(5)) as ledger:
        # The places of another run are the same.
        await ledger.plan("other", [job(place, key=f"other-{place}") for place in range(5)])
        lease = await taken(ledger)
        await brought(ledger, lease, "key-000001", "sent")
        keys: list[str] = []
        page = await ledger.open_entries("kipu", "planned", most=2)
        while page:
            keys += [entry.key for entry in page]
            page = await ledger.open_entries("kipu", "planned", after=page[-1], most=2)
        assert sorted(keys) == sorted(
            [f"key-00000{place}" for place in (0, 2, 3, 4)] + [f"other-{place}" for place in range(5)]
        )
        assert [entry.key for entry in await ledger.open_entries("kipu", "sent")] == ["key-000001"]
        assert await ledger.open_entries("other", "planned") == []


async def test_a_summary_counts_entries_and_money(where: str | None) -> None:
    async with await opened(where, jobs(6, price=euros("0.25"))) as ledger:
        await ledger.plan("other", [job(0, key="other", device="fez", price=Money("1", "USD"))])
        lease = await taken(ledger)
        for place, kind in enumerate(("completed", "failed", "cancelled")):
            await brought(ledger, lease, f"key-00000{place}", "sent")
            await ledger.record(lease, Change(f"key-00000{place}", "over", outcome=Outcome(kind)))  # type: ignore[arg-type]
        await brought(ledger, lease, "key-000003", "sending")
        lines = {(count.device, count.state, count.outcome): count for count in await ledger.summary()}
        figures = {line: (count.entries, count.held, count.spent) for line, count in lines.items()}
        quarter = euros("0.25")
        assert figures == {
            ("fez", "planned", None): (1, Money(1, "USD"), None),
            ("qsim", "planned", None): (2, quarter * 2, None),
            ("qsim", "sending", None): (1, quarter, None),
            ("qsim", "over", "completed"): (1, None, quarter),
            ("qsim", "over", "failed"): (1, None, quarter),
            ("qsim", "over", "cancelled"): (1, None, None),
        }
        assert [count.run for count in await ledger.summary(run="other")] == ["other"]
        oldest = lines["fez", "planned", None].oldest
        assert oldest == (await ledger.entry("other")).changed_at


# Money.


async def test_a_budget_is_reserved_with_the_intent_or_nothing_is_written(where: str | None) -> None:
    async with await opened(where, jobs(3, price=euros("0.4")), budget=euros(2)) as ledger:
        more = [job(place, price=euros("0.400000001")) for place in (3, 4)]
        with pytest.raises(BudgetExceededError) as caught:
            await ledger.plan("sweep", more, budget=euros(2))
        # 3 × 0.4 of 2 are held.
        assert (caught.value.minimum, caught.value.max_cost) == (euros("0.800000002"), euros("0.8"))
        with pytest.raises(BudgetExceededError):  # the run remembers its budget
            await ledger.plan("sweep", more)
        assert len(await ledger.entries()) == 3
        # Those that exist are not reserved twice, and a higher limit replaces the first.
        await ledger.plan("sweep", [*jobs(3, price=euros("0.4")), *more], budget=euros("2.000000002"))
        with pytest.raises(BudgetExceededError):
            await ledger.plan("sweep", [job(9, price=euros("0.000000001"))])
        await ledger.plan("sweep", [job(9, price=euros(0))])


@pytest.mark.parametrize("amount", ["4.80", "0.400000001", "0.00", "9000000000.00", "0.125"])
async def test_amounts_are_exact_and_have_two_digits_or_as_many_as_they_need(where: str | None, amount: str) -> None:
    async with await opened(where, [job(0, price=euros(f"{amount}00"))]) as ledger:
        [count] = await ledger.summary()
        for price in (count.held, (await ledger.entry("key-000000")).price):
            assert price is not None
            assert price.to_dict()["amount"] == amount


async def test_a_budget_of_many_jobs_is_one_decision(where: str | None) -> None:
    async with await opened(where) as ledger:
        many = jobs(2500, price=euros("0.01"))
        with pytest.raises(BudgetExceededError, match=r"cost up to 25.00 EUR, and .* has 24.99 EUR left"):
            await ledger.plan("sweep", many, budget=euros("24.99"))
        assert await ledger.entries() == []
        assert len(await ledger.plan("sweep", many, budget=euros(25))) == 2500


async def test_a_budget_refuses_unknown_prices_and_other_currencies(where: str | None) -> None:
    dollars = Money(1, "USD")
    async with await opened(where) as ledger:
        with pytest.raises(BudgetExceededError, match="the price of the job 0 on qsim is unknown"):
            await ledger.plan("sweep", [job(0)], budget=euros(1))
        with pytest.raises(ValidationError, match="costs 1 USD, and the budget of the run sweep is in EUR"):
            await ledger.plan("sweep", [job(0, price=dollars)], budget=euros(1))
        assert await ledger.entries() == []
        await ledger.plan("sweep", [job(0, price=euros(1))], budget=euros(1))
        with pytest.raises(ValidationError, match="the budget is in USD, and the run sweep in EUR"):
            await ledger.plan("sweep", [job(1, price=dollars)], budget=dollars)
        assert len(await ledger.entries()) == 1


async def test_a_budget_counts_what_was_planned_without_one(where: str | None) -> None:
    async with await opened(where, jobs(2, price=euros(1))) as ledger:
        with pytest.raises(BudgetExceededError):
            await ledger.plan("sweep", [job(2, price=euros(1))], budget=euros("2.5"))
        with pytest.raises(ValidationError, match="in USD, and the run sweep in EUR"):
            await ledger.plan("sweep", [job(2, price=Money(1, "USD"))], budget=Money(9, "USD"))
        await ledger.plan("sweep", [job(2, price=euros(1))], budget=euros(3))


async def test_money_is_released_where_nothing_was_bought(where: str | None) -> None:
    endings = [
        *(("planned", "cancelled", True), ("planned", "refused", True), ("sending", "refused", True)),
        *(("sent", "cancelled", True), ("sent", "completed", False), ("sent", "failed", False)),
        *(("sent", "timed_out", False), ("sent", "gone", False), ("unknown", "unknown", False)),
    ]
    async with await opened(where) as ledger:
        lease = await taken(ledger)
        for place, (state, outcome, is_released) in enumerate(endings):
            first, run = job(place, price=euros(1)), f"run {place}"
            await ledger.plan(run, [first], budget=euros(1))
            await brought(ledger, lease, first.key, state)
            if state == "unknown":
                await ledger.resolve(first.key, "abandon")
            else:
                change = Change(first.key, "over", outcome=Outcome(outcome))  # type: ignore[arg-type]
                # Twice: a transaction may be repeated.
                await ledger.record(lease, change)
                await ledger.record(lease, change)
            second = [job(place + 100, price=euros(1))]
            if is_released:
                await ledger.plan(run, second)
            else:
                with pytest.raises(BudgetExceededError):
                    await ledger.plan(run, second)


# Leases.


async def test_one_worker_has_an_account(where: str | None) -> None:
    async with await opened(where, jobs(1)) as ledger:
        start = boottime()
        lease = await taken(ledger)
        assert start + 60 <= lease.until <= boottime() + 60
        assert lease.held()
        assert await ledger.take("kipu", "two", 60) is None
        await ledger.release(lease)
        second = await taken(ledger, "two")
        assert second.fence > lease.fence
        # The first one's release comes late.
        await ledger.release(lease)
        assert await ledger.take("kipu", "one", 60) is None
        with pytest.raises(NotFoundError, match="no account 'other'"):
            await ledger.take("other", "one", 60)


async def test_a_lease_that_was_watched_is_free_at_the_first_try(where: str | None) -> None:
    """An engine gives an account to a worker after the time in which the lease of the last one ends."""
    async with await opened(where, jobs(1)) as ledger:
        await taken(ledger, "one", seconds=0.2)
        await ledger.watch("kipu")
        await anyio.sleep(0.21)
        assert (await taken(ledger, "two")).fence == 2


async def test_a_lease_that_is_not_renewed_is_free_after_its_length(where: str | None) -> None:
    async with await opened(where, jobs(1)) as ledger:
        lease = await taken(ledger, "one", seconds=0.2)
        assert await ledger.take("kipu", "two", 60) is None
        await anyio.sleep(0.11)
        lease = await ledger.renew(lease, 0.2)
        await anyio.sleep(0.11)
        # As seen from here, it began again with the renewal; what the other one's clock says does not matter.
        assert await ledger.take("kipu", "two", 60) is None
        await anyio.sleep(0.21)
        assert not lease.held()
        with pytest.raises(LeaseLostError, match="the lease of the account kipu has ended"):
            lease.check()
        second = await taken(ledger, "two")
        with pytest.raises(LeaseLostError, match="the account kipu has another worker now"):
            await ledger.renew(lease, 60)
        assert (await ledger.renew(second, 60)).fence == second.fence


def writes() -> list[Callable[[Ledger, Lease], Any]]:
    """Every write of a worker, to entries that are planned, being sent, and sent."""
    first, second, third = "key-000000", "key-000001", "key-000002"
    changes = [
        Change(second, "sent", handle=HANDLE),
        Change(second, "planned"),
        Change(second, "unknown"),
        Change(second, "over", outcome=Outcome("refused")),
        Change(third, "over", outcome=Outcome("failed")),
    ]
    return [
        lambda ledger, lease: ledger.renew(lease, 60),
        lambda ledger, lease: ledger.begin(lease, {}, 1),
        lambda ledger, lease: ledger.sending(lease, first),
        lambda ledger, lease: ledger.cancel_sent(lease, [third]),
        *(partial(Ledger.record, change=change) for change in changes),
    ]


async def states_of(ledger: Ledger) -> list[Any]:
    return [(entry.state, entry.attempts, entry.cancel_asked) for entry in await ledger.entries()]


async def between(where: str | None) -> tuple[Ledger, Lease]:
    """A ledger with entries in three states, and a lease that another worker has taken over."""
    ledger = await opened(where, jobs(3))
    old = await taken(ledger, "one")
    await brought(ledger, old, "key-000001", "sending")
    await brought(ledger, old, "key-000002", "sent")
    await ledger.release(old)
    await taken(ledger, "two")
    return ledger, old


async def test_a_worker_that_lost_its_lease_writes_nothing(where: str | None) -> None:
    ledger, old = await between(where)
    async with ledger:
        before = await states_of(ledger)
        for write in writes():
            with pytest.raises(LeaseLostError):
                await write(ledger, old)
        assert await states_of(ledger) == before


async def test_a_write_in_the_transaction_of_a_takeover_is_refused(where: str | None) -> None:
    async with await opened(where, jobs(2)) as ledger:
        old = await taken(ledger)
        is_over = threading.Event()
        errors: list[Exception] = []

        async def late() -> None:
            try:
                await ledger.sending(old, "key-000001")
            except LeaseLostError as error:
                errors.append(error)

        async with anyio.create_task_group() as group:
            # The thread is busy while the others arrive, in this order.
            group.start_soon(ledger.call, lambda _: is_over.wait(30))
            for call in (
                partial(ledger.sending, old, "key-000000"),
                partial(ledger.release, old),
                partial(ledger.take, "kipu", "two", 60),
                late,
            ):
                await anyio.sleep(0.02)
                group.start_soon(call)
            await anyio.sleep(0.02)
            is_over.set()
        assert len(errors) == 1
        assert [entry.state for entry in await ledger.entries()] == ["sending", "planned"]


async def test_control_without_the_fence_a_lost_lease_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger, old = await between(None)
    async with ledger:
        monkeypatch.setattr(module, "check_fence", lambda database, lease: None)
        await ledger.sending(old, "key-000000")
        assert (await ledger.entry("key-000000")).state == "sending"


async def test_nothing_is_sent_with_a_lease_that_has_ended(where: str | None) -> None:
    async with await opened(where, jobs(1)) as ledger:
        lease = replace(await taken(ledger), until=boottime())
        with pytest.raises(LeaseLostError):
            await ledger.sending(lease, "key-000000")
        assert (await ledger.entry("key-000000")).state == "planned"


# States.


async def test_a_job_goes_its_way(where: str | None) -> None:
    async with await opened(where, jobs(1)) as ledger:
        lease = await taken(ledger)
        before = time.time()
        await ledger.sending(lease, "key-000000")
        entry = await ledger.entry("key-000000")
        assert (entry.state, entry.attempts, entry.handle) == ("sending", 1, None)
        assert entry.tried_at is not None
        assert before <= entry.tried_at <= entry.changed_at <= time.time()
        # Absent: once more, later.
        later = time.time() + 3600
        again = Change(entry.key, "planned", not_before=later)
        assert await ledger.record(lease, again) == again
        entry = await ledger.entry(entry.key)
        assert (entry.state, entry.not_before) == ("planned", later)
        await ledger.sending(lease, entry.key)
        sent = Change(entry.key, "sent", handle=HANDLE)
        assert await ledger.record(lease, sent) == sent
        entry = await ledger.entry(entry.key)
        assert (entry.state, entry.attempts, entry.handle, entry.not_before) == ("sent", 2, HANDLE, None)
        outcome = Outcome("completed", body='{"v":1}')
        over = await ledger.record(lease, Change(entry.key, "over", outcome=outcome))
        assert over.outcome == replace(outcome, handle=HANDLE)
        entry = await ledger.entry(entry.key)
        assert (entry.state, entry.attempts, entry.handle, entry.outcome) == ("over", 2, HANDLE, over.outcome)


async def test_a_repeated_change_is_the_same_change(where: str | None) -> None:
    async with await opened(where, jobs(1)) as ledger:
        lease = await taken(ledger)
        await ledger.sending(lease, "key-000000")
        with pytest.raises(ConflictError, match="the entry key-000000 is sending; it cannot become sending"):
            await ledger.sending(lease, "key-000000")
        for change in (
            Change("key-000000", "sent", handle=HANDLE),
            Change("key-000000", "over", outcome=Outcome("failed", error='{"message":"no"}')),
        ):
            first = await ledger.record(lease, change)
            assert await ledger.record(lease, change) == first
        with pytest.raises(ConflictError):
            await ledger.record(lease, Change("key-000000", "over", outcome=Outcome("completed")))


async def test_unknown_entries_are_resolved_by_the_user(where: str | None) -> None:
    async with await opened(where, jobs(4)) as ledger:
        lease = await taken(ledger)
        for place in range(3):
            await brought(ledger, lease, f"key-00000{place}", "unknown")
        for state in ("planned", "sent"):
            with pytest.raises(ConflictError, match="only `resolve` can change it"):
                await ledger.record(lease, Change("key-000000", state, handle=HANDLE))  # type: ignore[arg-type]
        resent = await ledger.resolve("key-000000", "resend")
        assert (resent.state, resent.attempts, resent.key) == ("planned", 1, "key-000000")
        abandoned = await ledger.resolve("key-000001", "abandon")
        assert abandoned.outcome == Outcome("unknown")
        with pytest.raises(ValidationError, match="the handle is of pasqal, and the entry key-000002 of kipu"):
            await ledger.resolve("key-000002", "anyqpu:pasqal:job:1")
        with pytest.raises(ValidationError, match="invalid job handle"):
            await ledger.resolve("key-000002", "forget")
        attached = await ledger.resolve("key-000002", JobHandle.parse(HANDLE))
        assert (attached.state, attached.handle) == ("sent", HANDLE)
        with pytest.raises(ConflictError, match="the entry key-000003 is planned"):
            await ledger.resolve("key-000003", "abandon")
        with pytest.raises(ConflictError, match="the entry key-000001 is over"):
            await ledger.resolve("key-000001", "resend")
        with pytest.raises(NotFoundError):
            await ledger.resolve("other", "resend")


async def test_a_cancellation_reaches_each_entry_once(where: str | None) -> None:
    async with await opened(where, jobs(4, price=euros(1)), budget=euros(4)) as ledger:
        lease = await taken(ledger)
        keys = [f"key-00000{place}" for place in range(4)]
        for key, state in zip(keys, ("planned", "sending", "sent", "sent"), strict=True):
            await brought(ledger, lease, key, state)
        await ledger.record(lease, Change(keys[3], "over", outcome=Outcome("completed")))
        await ledger.ask_cancel(keys)
        await ledger.ask_cancel(keys)
        states = [(entry.state, entry.cancel_asked, entry.outcome) for entry in await ledger.entries()]
        assert states == [
            ("over", True, Outcome("cancelled")),
            ("sending", True, None),
            ("sent", True, None),
            ("over", False, Outcome("completed", handle=HANDLE)),
        ]
        # It was not sent: it is not sent now.
        with pytest.raises(ConflictError):
            await ledger.sending(lease, keys[0])
        assert await ledger.cancels("kipu") == [keys[2]]
        await ledger.cancel_sent(lease, [keys[2]])
        assert await ledger.cancels("kipu") == []
        await ledger.ask_cancel(keys)
        assert await ledger.cancels("kipu") == []
        # What was being sent, and was not, is over.
        over = await ledger.record(lease, Change(keys[1], "planned"))
        assert (over.state, over.outcome) == ("over", Outcome("cancelled"))
        assert await ledger.record(lease, Change(keys[1], "planned")) == over
        # Two of four were not bought.
        await ledger.plan("sweep", [job(8, price=euros(2))])
        with pytest.raises(NotFoundError):
            await ledger.ask_cancel(["other"])


# What can be sent.


async def test_entries_begin_in_the_order_of_places_within_limits(where: str | None) -> None:
    async with await opened(where) as ledger:
        await ledger.plan("sweep", [job(place, device="qsim" if place < 6 else "fez") for place in range(9)])
        lease = await taken(ledger)

        async def begun(limits: dict[str, int], most: int = 99, busy: tuple[int, ...] = ()) -> list[int]:
            keys = [f"key-00000{place}" for place in busy]
            return [entry.place for entry in await ledger.begin(lease, limits, most, busy=keys)]

        assert await begun({}) == list(range(9))
        assert await begun({}, most=7) == list(range(7))
        assert await begun({"qsim": 2}) == [0, 1, 6, 7, 8]
        assert await begun({"": 1}) == [0, 6]
        assert await begun({"": 1, "fez": 2}) == [0, 6, 7]
        # Those that the caller is at work on count, and do not come again.
        assert await begun({"qsim": 3}, busy=(0, 2)) == [1, 6, 7, 8]
        await brought(ledger, lease, "key-000000", "sending")
        await brought(ledger, lease, "key-000001", "sent")
        # Still busy, but not planned any more: counted once.
        assert await begun({"qsim": 3}, busy=(0, 1)) == [2, 6, 7, 8]
        assert await begun({"qsim": 2}) == [6, 7, 8]
        assert await begun({"qsim": 1, "fez": 0}) == []
        await ledger.record(lease, Change("key-000001", "over", outcome=Outcome("failed")))
        assert await begun({"qsim": 2}) == [2, 6, 7, 8]
        # What is not known is not counted: only the user ends it.
        await ledger.record(lease, Change("key-000000", "unknown"))
        assert await begun({"qsim": 2}) == [2, 3, 6, 7, 8]
        await ledger.record(lease, Change("key-000002", "planned", not_before=time.time() + 3600))
        await ledger.record(lease, Change("key-000003", "planned", not_before=time.time() - 1))
        assert await begun({"qsim": 2}) == [3, 4, 6, 7, 8]


async def test_limits_hold_across_processes(where: str | None) -> None:
    if where is None:
        where = ""
    async with await opened(where or None, jobs(4)) as first:
        lease = await taken(first)
        await brought(first, lease, "key-000000", "sent")
        await brought(first, lease, "key-000001", "sending")
        await first.release(lease)
        if where.startswith("postgresql"):
            async with await Ledger.open(where) as second:
                other = await taken(second, "two")
                assert [entry.place for entry in await second.begin(other, {"qsim": 3}, 9)] == [2]
        else:
            other = await taken(first, "two")
            assert [entry.place for entry in await first.begin(other, {"qsim": 3}, 9)] == [2]


# Calls.


async def test_a_call_that_fails_undoes_nothing_of_others(where: str | None) -> None:
    async with await opened(where, jobs(40)) as ledger:
        lease = await taken(ledger)
        failures: list[AnyQPUError] = []

        async def send(place: int) -> None:
            try:
                # Every fourth is there twice.
                await ledger.sending(lease, f"key-{place - place % 4 // 3:06}")
            except AnyQPUError as error:
                failures.append(error)

        async with anyio.create_task_group() as group:
            for place in range(40):
                group.start_soon(send, place)
        states = [entry.state for entry in await ledger.entries()]
        assert len(failures) == 10
        assert all(isinstance(error, ConflictError) for error in failures)
        assert states == ["sending", "sending", "sending", "planned"] * 10


async def test_a_cancelled_caller_leaves_the_ledger_usable(where: str | None) -> None:
    async with await opened(where, jobs(30)) as ledger:
        lease = await taken(ledger)
        async with anyio.create_task_group() as group:
            for place in range(30):
                group.start_soon(ledger.sending, lease, f"key-{place:06}")
            await anyio.lowlevel.checkpoint()
            group.cancel_scope.cancel()
        assert {entry.state for entry in await ledger.entries()} <= {"planned", "sending"}
        assert len(await ledger.entries()) == 30


async def test_a_closed_ledger_says_so(where: str | None) -> None:
    ledger = await opened(where)
    await ledger.aclose()
    await ledger.aclose()
    with pytest.raises(ClientStateError, match="the ledger is closed"):
        await ledger.entries()


async def test_writes_that_were_made_are_finished_by_closing(where: str | None) -> None:
    ledger = await opened(where, jobs(20))
    lease = await taken(ledger)
    async with anyio.create_task_group() as group:
        for place in range(20):
            group.start_soon(ledger.sending, lease, f"key-{place:06}")
        await anyio.lowlevel.checkpoint()
        await anyio.lowlevel.checkpoint()
        await ledger.aclose()
    if where is not None:
        async with await Ledger.open(where) as again:
            assert {entry.state for entry in await again.entries()} == {"sending"}


async def test_entries_have_a_form_in_json(where: str | None) -> None:
    async with await opened(where, [job(0, price=euros("1.5"))]) as ledger:
        lease = await taken(ledger)
        await brought(ledger, lease, "key-000000", "sent")
        await ledger.record(lease, Change("key-000000", "over", outcome=Outcome("failed", error='{"a":1}')))
        entry = await ledger.entry("key-000000")
        form = entry.to_dict()
        assert form["v"] == 1
        assert (form["key"], form["state"], form["price"]["amount"]) == ("key-000000", "over", "1.50")
        assert form["outcome"] == {"kind": "failed", "result": None, "error": {"a": 1}, "handle": HANDLE}
        assert datetime.fromisoformat(form["changed_at"]).astimezone(UTC).timestamp() == pytest.approx(entry.changed_at)
        assert form["not_before"] is None
