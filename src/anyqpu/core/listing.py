"""Find jobs in lists, where that takes fewer requests than polling each."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from anyqpu.core.rows import Row
from anyqpu.waiting import BatchResult

if TYPE_CHECKING:
    from anyqpu.model.job import Job
    from anyqpu.paging import Pager

# Jobs that a provider lists at once.
LIST_SIZE = 100
# Up to so many keys are looked for one by one, where a list can be filtered by one.
FEW_KEYS = 3
# Pages to read in vain, at most.
SPARE_PAGES = 20


def by_session(jobs: Mapping[str, Job]) -> dict[str | None, list[str]]:
    """Return the identifiers of jobs by their session: those of sessions with several, and under None all others."""
    if not any(map(attrgetter("session_id"), jobs.values())):
        return {None: list(jobs)} if jobs else {}
    sessions: dict[str | None, list[str]] = {}
    for id, job in jobs.items():
        sessions.setdefault(job.session_id, []).append(id)
    others = [id for session, ids in sessions.items() if session is None or len(ids) == 1 for id in ids]
    shared = {session: ids for session, ids in sessions.items() if len(ids) > 1}
    shared.pop(None, None)
    return shared | {None: others} if others else shared


def take(items: Iterable[Any], wanted: Collection[str], listed: BatchResult[Job]) -> set[str]:
    """Add the wanted jobs of a page, or rows in their places, to a result; return their identifiers."""
    jobs: dict[str, Job] = {}
    same: list[str] = []
    for item in items:
        if (id := item.id) in wanted:
            if item.__class__ is Row:
                same.append(id)
            else:
                jobs[id] = item
    listed.add(jobs)
    listed.add_same(same)
    return jobs.keys() | same


async def find_in(
    pager: Pager[Job],
    wanted: Collection[str],
    listed: BatchResult[Job],
    *,
    is_final: Callable[[Job], bool] | None = None,
) -> bool:
    """Add the wanted jobs of a list to a result; stop some pages after those that they would fill, or were read on.

    A page that has one of them costs no more than polling that one alone. Returns whether the first page has some.

    Args:
        pager: The list.
        wanted: Identifiers.
        listed: Where to add the jobs.
        is_final: For a list that begins with the jobs that have not ended: whether a job or row has. Where the first
            that has is read, the wanted jobs that are left have ended too, and are polled one by one if there are more
            pages.
    """
    left, starts_well = set(wanted), False
    pages, read, least = pager.pages(), 0, math.ceil(len(left) / LIST_SIZE)
    # They may be far back. Reading pages in vain costs something, but less than polling each alone from now on.
    spare = min(SPARE_PAGES, len(left) // 2)
    while left and read < spare + max(least, len(wanted) - len(left)):
        page = await anext(pages, None)
        if page is None:
            break
        read += 1
        before = len(left)
        left -= take(page.items, left, listed)
        starts_well = starts_well or (read == 1 and len(left) < before)
        if is_final is None or page.total is None or not page.items or not is_final(page.items[-1]):
            continue
        if len(left) <= math.ceil(page.total / LIST_SIZE) - read:
            break
    listed.requests += read
    return starts_well
