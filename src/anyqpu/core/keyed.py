"""Submits with a key of the caller's: a key is used for one job, and the next submit with it returns that job."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from anyqpu._lazy import LazyModule
from anyqpu.core.checks import naming
from anyqpu.core.keys import content_of
from anyqpu.core.memory import Memory
from anyqpu.core.submit import Search
from anyqpu.errors import ConflictError, SubmissionUnknownError

if TYPE_CHECKING:
    from anyqpu.core.adapter import Adapter, Submission
    from anyqpu.core.context import AnyContext
    from anyqpu.model import program as loading
    from anyqpu.model.job import Job
    from anyqpu.model.program import Program
else:
    loading = LazyModule("anyqpu.model.program")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Used(Generic[T]):
    """What a key was used for.

    Attributes:
        content: Digest of what was submitted; None where it is not known.
        item: What was submitted.
    """

    content: str | None
    item: T


class KeyedSubmits(Generic[T]):
    """The keys that one client used, the last thousand of them. Submits with the same key at the same time are one."""

    def __init__(self, context: AnyContext) -> None:
        self._context = context
        self._used: Memory[Used[T]] = Memory(context.clock)
        self._lost: Memory[bool] = Memory(context.clock)
        self._running: dict[str, list[str]] = {}

    async def submit(
        self,
        key: str,
        content: str,
        *,
        find: Callable[[], Awaitable[Used[T] | None]] | None,
        send: Callable[[], Awaitable[T]],
        differences: Callable[[T], Awaitable[list[str]]],
    ) -> T:
        """Return what was submitted with a key; submit it where there is nothing yet.

        Args:
            key: The caller's key.
            content: Digest of what is submitted.
            find: Looks for the key at the provider, with one request or a few; None where it cannot be found.
            send: Submits.
            differences: Returns how what was submitted differs from this submit, apart from what the digest says.

        Raises:
            ConflictError: The key is used for other content.
        """
        running = self._running.setdefault(key, [])
        if any(other != content for other in running):
            raise self._conflict(key, ["other content is being submitted with it"], None)
        sent = False

        async def call() -> Used[T]:
            nonlocal sent
            earlier = None if find is None else await self._find(key, find)
            if earlier is not None:
                return earlier
            item = await self._send(key, send)
            sent = True
            return Used(content, item)

        running.append(content)
        try:
            used = await self._used.look_up(key, call)
        finally:
            running.remove(content)
            if not running and self._running.get(key) is running:
                del self._running[key]
        if not sent:
            reasons = await differences(used.item)
            if not reasons and used.content not in {None, content}:
                reasons = ["it runs another program, or with other shots, parameters or options"]
            if reasons:
                raise self._conflict(key, reasons, used.item)
        return used.item

    async def _find(self, key: str, find: Callable[[], Awaitable[Used[T] | None]]) -> Used[T] | None:
        """Find a key; try several times where a submit with it was lost, since what it made may appear later."""
        search = self._context.search or Search()
        for attempt in range(max(1, search.tries) if key in self._lost else 1):
            if attempt:
                await self._context.clock.sleep(search.pause)
            used = await find()
            if used is not None:
                return used
        return None

    async def _send(self, key: str, send: Callable[[], Awaitable[T]]) -> T:
        try:
            return await send()
        except BaseException as error:
            # A refusal is final, as is what the caller's own hook raised; an unknown outcome or a cancellation is not.
            if isinstance(error, SubmissionUnknownError) or not isinstance(error, Exception):
                self._lost.put(key, True)
            raise

    def _conflict(self, key: str, reasons: list[str], item: Any) -> ConflictError:
        handle = getattr(item, "handle", None)
        return ConflictError(
            f"the key {key!r} is already used for other content: {'; '.join(reasons)}",
            provider=self._context.provider,
            key=key,
            handle=handle,
            hint="Use another key" if handle is None else f"Use another key, or resume {handle}",
        )


class KeyedJobs:
    """Submits of jobs with a key of the caller's."""

    def __init__(self, adapter: Adapter[Any]) -> None:
        self._adapter = adapter
        self._context = adapter.context
        self._submits: KeyedSubmits[Job] = KeyedSubmits(adapter.context)

    async def submit(self, submission: Submission, send: Callable[[Submission], Awaitable[Job]]) -> Job:
        """Return the job that was submitted with the key of a submission; submit it where no job has it yet."""
        source = submission.program
        programs: Sequence[Program] = ()
        with naming(self._context.provider):
            if source is not None:
                programs = await loading.load_programs(source)
                # A file is read once: what is submitted is what the digest is of.
                source = programs if isinstance(source, list | tuple) else programs[0]
            content = content_of(
                programs, shots=submission.shots, parameters=submission.parameters, options=submission.options
            )
        submission.content, submission.program = content, source
        is_first = bool(getattr(submission.before_send, "is_first", False))

        async def find() -> Used[Job] | None:
            window = self._adapter.key_window
            since = None if window is None else self._context.clock.wall() - window
            job = await self._adapter.find(submission.key, since)
            if job is None:
                return None
            return Used(self._adapter.content_of(job), self._adapter.adopt(job, submission))

        async def differences(job: Job) -> list[str]:
            return await self._differences(job, submission)

        return await self._submits.submit(
            submission.key,
            content,
            find=find if self._context.capabilities.find and not is_first else None,
            send=lambda: send(submission),
            differences=differences,
        )

    async def _differences(self, job: Job, submission: Submission) -> list[str]:
        """Return how a job differs visibly from a submission."""
        reasons: list[str] = []
        device = submission.device
        if job.device_id is not None and device != job.device_id:
            # A device may have a name besides its identifier.
            target = await self._adapter.target(device)
            if target.id != job.device_id:
                reasons.append(f"it runs on {job.device_id}, not on {target.id}")
        if None not in {job.shots, submission.shots} and job.shots != submission.shots:
            reasons.append(f"it has {job.shots} shots, not {submission.shots}")
        return reasons
