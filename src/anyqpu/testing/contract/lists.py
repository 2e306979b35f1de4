"""Every list: page sizes, continuing in another client, independent iterations, order."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from anyqpu.core.client import Client
from anyqpu.paging import Pager
from anyqpu.testing.contract.configuration import ContractBase, RequestLog
from anyqpu.testing.contract.verbs import ID, VERBS, requires

BAD_SIZES = {
    "zero": 0,
    "negative": -1,
    "too large": 2**40,
    "thousands of digits": 10**5000,
    "a boolean": True,
    "a fraction": 1.5,
    "a text": "10",
}
BAD_TOKENS = {
    "empty": "",
    "a text": "x",
    "another list's": "token:ListSomethingElse:x",
    "a number": 5,
    "bytes": b"x",
    "half a character": "\ud800",
}
LISTS = ("devices", "jobs", "sessions", "session_jobs", "reservations", "find_slots")
# So many items does the suite put into the lists that it can fill.
ITEMS = 5
# The list of free times may have no end.
MOST = 7


def on_each_list(
    test: Callable[[Any, Client, RequestLog, str], Awaitable[None]],
) -> Callable[[Any, str], Awaitable[None]]:
    """Run a test for each list that the provider has; check that those it lacks raise."""

    async def checked(suite: Any, name: str) -> None:
        sent = RequestLog()
        async with suite.quick(sent) as client:
            if suite.lacks(client, name):
                await suite.check_unsupported(client, sent, name)
            else:
                await test(suite, client, sent, name)

    checked.__name__, checked.__doc__ = test.__name__, test.__doc__
    parametrized: Callable[[Any, str], Awaitable[None]] = pytest.mark.parametrize("name", LISTS)(checked)
    return parametrized


class ListContract(ContractBase):
    """The part of the suite on lists."""

    async def fill(self, client: Client, name: str) -> Callable[..., Pager[Any]]:
        """Put items into a list, and return a function that lists them: of a client, with the options of a list."""
        if name in {"jobs", "session_jobs"}:
            session = await self.open_session(client) if name == "session_jobs" else None
            for _ in range(ITEMS):
                await (self.submit(client) if session is None else self.submit_in(client, session))
                await self.elapse(2)
            if session is not None:
                return self.caller(name, session.id)
        elif name == "sessions":
            for _ in range(ITEMS):
                await self.open_session(client)
                await self.elapse(2)
        elif name == "reservations":
            for number in range(ITEMS):
                await self.reserve(client, number)
        return self.caller(name)

    def caller(self, name: str, session: str = ID) -> Callable[..., Pager[Any]]:
        """Return a function that lists something: of a client, with the options of a list."""
        start, _ = self.window()

        def call(client: Client, **options: Any) -> Pager[Any]:
            if name == "find_slots":
                options |= {"start": start, "duration": self.reservation_length}
            arguments = {"find_slots": (self.reservable_device,), "session_jobs": (session,)}.get(name, ())
            pager: Pager[Any] = getattr(client, name)(*arguments, **options)
            return pager

        return call

    def lacks(self, client: Client, name: str) -> bool:
        """Return whether the provider has no such list."""
        return name in VERBS and not getattr(client.capabilities, VERBS[name].capability)

    async def test_every_list_takes_a_page_size_and_a_resume_token(self) -> None:
        """All public methods of the client that return a pager have both options."""
        async with self.connect() as client:
            without: list[str] = []
            for name, method in inspect.getmembers(type(client), inspect.isfunction):
                if name.startswith("_") or "Pager[" not in str(method.__annotations__.get("return")):
                    continue
                parameters = inspect.signature(method).parameters
                without += [
                    f"{name}({option}=)" for option in ("page_size", "resume_token") if option not in parameters
                ]
            assert not without

    @on_each_list
    async def test_pages_have_the_size_that_was_requested(self, client: Client, sent: RequestLog, name: str) -> None:
        """No page is larger than `page_size`, and all pages have the items that the whole list has."""
        listed = await self.fill(client, name)
        whole = [identity(item) for item in await listed(client).collect(limit=MOST)]
        assert len(whole) >= 2 or name == "devices"
        read: list[Any] = []
        async for page in listed(client, page_size=2).pages():
            assert len(page.items) <= 2
            read += [identity(item) for item in page.items]
            if len(read) >= len(whole):
                break
        assert read[: len(whole)] == whole

    @on_each_list
    async def test_a_list_continues_in_another_client(self, client: Client, sent: RequestLog, name: str) -> None:
        """A pager made with `resume_token` of another one continues behind its last whole page."""
        listed = await self.fill(client, name)
        whole = [identity(item) for item in await listed(client).collect(limit=MOST)]
        begun = listed(client, page_size=2)
        page = await anext(begun.pages())
        token = begun.resume_token
        assert isinstance(token, str) or len(whole) <= 2
        async with self.connect() as other:
            rest = await listed(other, page_size=2, resume_token=token).collect(limit=MOST) if token else []
        read = [identity(item) for item in [*page.items, *rest]]
        assert read[: len(whole)] == whole

    @on_each_list
    async def test_two_iterations_of_one_pager_are_independent(
        self, client: Client, sent: RequestLog, name: str
    ) -> None:
        """Each iteration has all items, also when another one advances between its items."""
        listed = await self.fill(client, name)
        whole = [identity(item) for item in await listed(client).collect(limit=MOST)]
        pager = listed(client, page_size=2)
        slow, fast = aiter(pager), aiter(pager)
        first, second = [identity(await anext(slow))], list[Any]()
        while len(second) < len(whole):
            second.append(identity(await anext(fast)))
        while len(first) < len(whole):
            first.append(identity(await anext(slow)))
        assert first == second == whole

    @on_each_list
    async def test_an_iteration_keeps_its_own_place(self, client: Client, sent: RequestLog, name: str) -> None:
        """`resume_token` of an iteration is where that one stands, whatever another iteration of its pager does."""
        listed = await self.fill(client, name)
        pager = listed(client, page_size=2)
        behind_first = pager.pages()
        await anext(behind_first)
        token = place_of(behind_first)
        others = pager.pages()
        for _ in range(2):
            await anext(others, None)
        assert place_of(behind_first) == token
        assert place_of(others) != token or token is None

    @on_each_list
    async def test_a_bad_page_size_is_refused(self, client: Client, sent: RequestLog, name: str) -> None:
        """It is refused before any request, and the error names it."""
        call = self.caller(name)
        await self.check_refused(
            sent,
            {kind: ("page_size", partial(call, client, page_size=value)) for kind, value in BAD_SIZES.items()},
        )

    @on_each_list
    async def test_a_bad_resume_token_is_refused(self, client: Client, sent: RequestLog, name: str) -> None:
        """What is not a token of this list is refused before any request, and the error names it."""
        call = self.caller(name)
        await self.check_refused(
            sent,
            {kind: ("resume_token", partial(call, client, resume_token=value)) for kind, value in BAD_TOKENS.items()},
        )

    @requires("jobs")
    async def test_jobs_come_newest_first(self) -> None:
        """The job that was submitted last is the first of the list."""
        async with self.connect() as client:
            submitted: list[str] = []
            for _ in range(3):
                submitted.append((await self.submit(client)).id)
                await self.elapse(2)
            assert [job.id for job in await client.jobs().collect(limit=3)] == submitted[::-1]

    @requires("sessions")
    async def test_sessions_come_newest_first(self) -> None:
        """The session that was opened last is the first of the list."""
        async with self.connect() as client:
            opened: list[str] = []
            for _ in range(3):
                opened.append((await self.open_session(client)).id)
                await self.elapse(2)
            assert [session.id for session in await client.sessions().collect(limit=3)] == opened[::-1]

    @requires("find_slots")
    async def test_free_times_come_earliest_first(self) -> None:
        """Each window lasts as long as requested, or longer, and none begins before `start`."""
        async with self.connect() as client:
            start, _ = self.window()
            slots = await self.caller("find_slots")(client).collect(limit=5)
            assert slots
            assert [slot.start for slot in slots] == sorted(slot.start for slot in slots)
            for slot in slots:
                assert slot.start >= start
                assert slot.end - slot.start >= self.reservation_length > timedelta(0)


def place_of(iteration: Any) -> Any:
    """Return the resume token of an iteration."""
    return iteration.resume_token


def identity(item: Any) -> Any:
    """Return what identifies an item of a list."""
    return getattr(item, "id", None) or (item.device_id, item.start, item.end)
