"""PgQueuer as the engine of a fleet on several machines: it wakes workers, and gives each account to one of them.

    from anyqpu import pgqueuer

    async with anyqpu.Fleet("kipu", ledger=URL, work="steps") as fleet:
        await pgqueuer.work(fleet, URL)

The queue has one row for each account. A worker that has the row calls `fleet.step` again and again; PgQueuer gives the
row to another worker if this one has no heartbeat any more. Whether a job may be sent is still decided by the lease in
the ledger, since no queue protects a send. asyncio only; `Fleet(work=True)` has a loop of its own, also on trio.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import Any, NoReturn, Protocol

import anyio
from sniffio import current_async_library

from anyqpu.errors import ConfigError, Hint, UnsupportedOperationError
from anyqpu.ledger.postgres import ledger_error, settings_of

try:
    import psycopg
    from pgqueuer.adapters.persistence.queries import Queries
    from pgqueuer.core.qm import QueueManager
    from pgqueuer.domain.errors import RetryRequested
    from pgqueuer.domain.models import Job
except ImportError as missing:
    problem = f"this engine needs the package {missing.name!r}"
    raise ConfigError(problem, hint="pip install 'anyqpu[fleet]'") from missing

# Seconds after which idle workers are woken without a notification, and for which a server may be away.
_WAKE, _PATIENCE = 1.0, 30.0


class Steps(Protocol):
    """A fleet that is worked on step by step."""

    @property
    def accounts(self) -> Sequence[str]:
        """The names of its accounts."""
        ...

    async def step(self, account: str) -> float | None:
        """Do what is due, and return the seconds until the next step; None if nothing is left to do."""
        ...

    async def release(self, account: str) -> None:
        """Give an account back, so that another process can work on it."""
        ...


async def work(fleet: Steps, url: str, *, heartbeat: float = 3.0) -> NoReturn:
    """Work on a fleet's accounts until it is cancelled, together with other processes that call this.

    Args:
        fleet: A fleet, opened with `work="steps"`.
        url: The database of its ledger, which gets PgQueuer's tables too.
        heartbeat: The seconds without a heartbeat after which another process has an account.

    Raises:
        LedgerError: The database cannot be used, or was away for half a minute.
        UnsupportedOperationError: The event loop is not asyncio's.
    """
    if current_async_library() != "asyncio":
        hint = Hint("Use a fleet with work=True, or asyncio", "")
        raise UnsupportedOperationError("PgQueuer runs on asyncio only", hint=hint)
    settings, url = settings_of(url), ""
    # Until when the server may be away; it has to be there at first.
    patience = 0.0
    while True:
        try:
            async with _connection(settings) as connection:
                patience = float("inf")
                await _work(fleet, await _queries_of(connection), heartbeat)
        except psycopg.Error as error:
            failure = ledger_error(error, settings)
            is_lost = isinstance(error, psycopg.OperationalError)
        else:
            continue
        now = asyncio.get_running_loop().time()
        patience = min(patience, now + _PATIENCE)
        if not is_lost or now > patience:
            raise failure
        await asyncio.sleep(_WAKE / 2)


async def wake(url: str, accounts: Sequence[str]) -> None:
    """Wake a worker for each of the accounts, after jobs were planned; without it, one wakes after a second or two."""
    settings, url = settings_of(url), ""
    try:
        async with _connection(settings) as connection:
            await _enqueue(await _queries_of(connection), accounts)
    except psycopg.Error as error:
        failure = ledger_error(error, settings)
    else:
        return
    raise failure


@asynccontextmanager
async def _connection(settings: Mapping[str, Any]) -> AsyncGenerator[psycopg.AsyncConnection[Any]]:
    """Yield a connection, and close it. psycopg would first roll back, which a cancelled task cannot wait for."""
    connection = await psycopg.AsyncConnection.connect(**settings, autocommit=True)
    try:
        yield connection
    except psycopg.Error as error:
        # A query that is cancelled closes the connection, and what ends with another query then hides that.
        before = error.__context__
        while before is not None:
            if isinstance(before, asyncio.CancelledError):
                raise before from None
            before = before.__context__
        raise
    finally:
        with anyio.CancelScope(shield=True):
            await connection.close()


async def _queries_of(connection: psycopg.AsyncConnection[Any]) -> Queries:
    """Return the queries of PgQueuer, after its tables were made if they are missing."""
    queries = Queries.from_psycopg_connection(connection)
    async with queries.schema_lock():
        if not await queries.schema_is_installed():
            await queries.install()
    return queries


async def _enqueue(queries: Queries, accounts: Sequence[str]) -> None:
    names = [_name(account) for account in accounts]
    nothing: list[bytes | None] = [None] * len(names)
    # An account that has a row keeps it.
    await queries.enqueue(names, nothing, [0] * len(names), dedupe_key=[*names], on_conflict="skip")


def _name(account: str) -> str:
    return f"anyqpu:{account}"


async def _work(fleet: Steps, queries: Queries, heartbeat: float) -> None:
    """Work until the connection is lost."""
    manager = QueueManager(queries)
    for account in fleet.accounts:
        manager.entrypoint(_name(account), concurrency_limit=1)(partial(_steps, fleet, account, manager.shutdown))
    running = asyncio.create_task(
        manager.run(
            batch_size=1, heartbeat_timeout=timedelta(seconds=heartbeat), dequeue_timeout=timedelta(seconds=_WAKE)
        )
    )
    waking = asyncio.create_task(_wake_again(fleet, queries))
    tasks: set[asyncio.Task[Any]] = {running, waking}
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        # The steps end with it; then the rows are given back.
        manager.shutdown.set()
        waking.cancel()
        with anyio.CancelScope(shield=True):
            await asyncio.wait(tasks)
    for task in tasks:
        if not task.cancelled() and (error := task.exception()) is not None:
            raise error


async def _wake_again(fleet: Steps, queries: Queries) -> None:
    while True:
        await _enqueue(queries, fleet.accounts)
        await asyncio.sleep(_WAKE)


async def _steps(fleet: Steps, account: str, stopping: asyncio.Event, job: Job) -> None:
    """Work on an account, as long as there is something to do."""
    try:
        while (delay := await fleet.step(account)) is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), delay)
            if stopping.is_set():
                raise RetryRequested(reason="the worker ends")
    finally:
        # The next process that has the row must not wait for the lease of this one, which stays open.
        with anyio.CancelScope(shield=True):
            await fleet.release(account)
