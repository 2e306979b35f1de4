"""Processes: runs of an application, awaited like jobs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from anyqpu_raw.scaleway import pages
from anyqpu_raw.scaleway.models import CreateProcessBody, ListProcessesResponse, ProcessResult, UpdateProcessBody
from anyqpu_raw.scaleway.models import Process as RawProcess

from anyqpu.core import budget
from anyqpu.core.checks import check_timeout, naming
from anyqpu.core.keys import has_key, new_key, sent_tags, tag_of
from anyqpu.core.reading import read_each
from anyqpu.core.results import forms as result_forms
from anyqpu.core.submit import find_among
from anyqpu.core.submit_timeout import within_timeout
from anyqpu.core.values import text
from anyqpu.errors import NotReadyError, ValidationError
from anyqpu.model.device import Device
from anyqpu.model.job import Job
from anyqpu.model.money import Money
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu.paging import Pager, paginate
from anyqpu.providers.scaleway import mapping
from anyqpu.providers.scaleway.mapping import retagged
from anyqpu.providers.scaleway.resources.applications import Application, Applications

if TYPE_CHECKING:
    from anyqpu.providers.scaleway.adapter import ScalewayAdapter


class Processes:
    """Runs of applications; each is a `Job` of the kind `process`. `client.processes()` lists them."""

    def __init__(self, adapter: ScalewayAdapter, applications: Applications) -> None:
        self._adapter = adapter
        self._applications = applications
        self._raw = adapter.raw
        self._jobs = adapter.context.jobs

    @property
    def provider(self) -> str:
        """The provider's name, for errors of a timeout."""
        return "scaleway"

    @within_timeout
    async def start(
        self,
        application: str | Application,
        *,
        device: str | Device,
        input: Mapping[str, Any] | str | None = None,
        name: str | None = None,
        tags: Sequence[str] = (),
        timeout: float | None = None,
        max_cost: Money | None = None,
    ) -> Job:
        """Run an application; returns as soon as the process exists (CreateProcess). It is sent once.

        It returns a job of the kind `process`: `wait`, `result`, `events`, `cancel` and its handle are those of
        any job. It opens sessions of its own, which cost what they cost.

        Args:
            application: Its name, such as `"vqe"`, or its identifier.
            device: A platform that it runs on, by name or identifier.
            input: What it computes, in the form of `application.input_template`; None is for the cloud to fill in.
            name: For your own use.
            tags: For your own use.
            timeout: Seconds for the whole call. The last quarter, at most 5 s, is kept for finding the process
                where its response is lost.
            max_cost: The most that it may cost, in place of the limit of `connect`. The lowest possible cost is that of
                one session.

        Raises:
            BudgetExceededError: Its lowest possible cost is above `max_cost`, or unknown; nothing was started.
            ValidationError: Something is not acceptable; nothing was started if `status_code` is None.
            NotFoundError: There is no such application or device.
            SubmissionUnknownError: It may have started, but was not found.
        """
        check_timeout(timeout, "scaleway")
        wanted = application if isinstance(application, Application) else await self._applications.get(application)
        target = await self._adapter.target(device)
        if wanted.device_ids and target.id not in wanted.device_ids:
            raise ValidationError(
                f"{wanted.name} does not run on {target.name}",
                provider="scaleway",
                fields=("device",),
                hint="application.device_ids says where it does",
            )
        with naming("scaleway"):
            await budget.check_job(self._adapter, target, max_cost=max_cost, circuits=0, name="a process")
        key = new_key()
        body = CreateProcessBody(
            project_id=self._adapter.project(),
            platform_id=target.id,
            application_id=wanted.id,
            tags=sent_tags(tags, key),
        )
        if name is not None:
            body.name = name
        if input is not None:
            body.input_ = input if isinstance(input, str) else _spelled(input)

        async def send() -> Job:
            return mapping.process_of(await self._raw.create_process(body=body), self._jobs)

        async def find(key: str, since: datetime) -> Job | None:
            # The tags are checked here too, in case the filter does something else.
            return await find_among(
                self.list(tags=[tag_of(key)]),
                since=since,
                is_ours=lambda job: has_key(mapping.tags_of(job.raw.tags), key),
                created_at=lambda job: job.created_at,
            )

        return await self._adapter.context.send_once(send, find, key=key, timeout=timeout)

    def list(
        self,
        *,
        application: str | Application | None = None,
        tags: Sequence[str] = (),
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> Pager[Job]:
        """List the project's processes, newest first, perhaps of an application or with tags (ListProcesses)."""
        filters: dict[str, Any] = {"tags": [*tags]} if tags else {}
        filters |= {"project_id": self._adapter.project(), "order_by": "created_at_desc"}

        async def fetch(**position: Any) -> ListProcessesResponse:
            if application is not None and "application_id" not in filters:
                named = application
                named = named if isinstance(named, Application) else await self._applications.get(named)
                filters["application_id"] = named.id
            return await self._raw.list_processes(**filters, **position)

        return paginate(
            fetch,
            pages.LIST_PROCESSES,
            to_items=lambda processes: read_each("scaleway", processes, mapping.process_of, self._jobs),
            page_size=page_size,
            resume_token=resume_token,
        )

    __call__ = list

    async def get(self, id: str) -> Job:
        """Return a process by its identifier (GetProcess); raises `NotFoundError` if it does not exist."""
        return mapping.process_of(await self._raw.get_process(id), self._jobs)

    async def update(self, process: str | Job, *, name: str | None = None, tags: Sequence[str] | None = None) -> Job:
        """Change a process's name or tags; what is None stays as it is (UpdateProcess)."""
        body = UpdateProcessBody()
        if name is not None:
            body.name = name
        if tags is not None:
            before = await self.get(process) if isinstance(process, str) else process
            body.tags = retagged(tags, before.key, getattr(before.raw, "tags", None))
        return await self._changed(process, await self._raw.update_process(_id_of(process), body=body))

    async def cancel(self, process: str | Job) -> Job:
        """Cancel a process; its intermediate results stay (CancelProcess). Return it as it is then."""
        return await self._changed(process, await self._raw.cancel_process(_id_of(process)))

    async def _changed(self, process: str | Job, raw: RawProcess | None) -> Job:
        """Return the process that a response has; fetch it after a success without a body."""
        return await self.get(_id_of(process)) if raw is None else mapping.process_of(raw, self._jobs)

    async def delete(self, process: str | Job) -> None:
        """Delete a process with all its data (DeleteProcess)."""
        await self._raw.delete_process(_id_of(process))

    def results(
        self, process: str | Job, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[Result]:
        """List the results that a process gave so far, intermediate ones first (ListProcessResults).

        Each is in `raw`, parsed where it is JSON.
        """
        id = _id_of(process)

        async def read(elements: Sequence[Any]) -> Sequence[Result]:
            return [await _result_in(id, element) for element in elements]

        return paginate(
            partial(self._raw.list_process_results, id, order_by="created_at_asc"),
            pages.LIST_PROCESS_RESULTS,
            to_items=read,
            page_size=page_size,
            resume_token=resume_token,
        )

    async def result(self, process: Job) -> Result:
        """Return the final result of a process, which is the last one (ListProcessResults)."""
        results = await self.results(process).collect()
        if not results:
            raise NotReadyError(
                "the process is complete but its result is not there yet",
                provider="scaleway",
                operation="ListProcessResults",
                hint="Fetch it again in a moment",
            )
        last = results[-1]
        return Result(
            job_id=process.id,
            provider="scaleway",
            items=last.items,
            execution_time=process.execution_time,
            raw=last.raw,
        )


async def _result_in(id: str, raw: Any) -> Result:
    body = await result_forms.json_or_text(text(raw.result) if isinstance(raw, ProcessResult) else None)
    return Result(job_id=id, provider="scaleway", items=(ResultItem(kind=ResultKind.RAW),), raw=body)


def _id_of(process: str | Job) -> str:
    return process if isinstance(process, str) else process.id


def _spelled(input: Mapping[str, Any]) -> str:
    try:
        return json.dumps(dict(input), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ValidationError(
            f"the input cannot be written as JSON: {error}", provider="scaleway", fields=("input",)
        ) from error
