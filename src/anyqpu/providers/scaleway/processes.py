"""Processes of Scaleway Quantum as a Service: runs of an application, awaited like jobs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from anyqpu_raw.scaleway.models import (
    CreateProcessBody,
    ListProcessesResponse,
    ListProcessResultsResponse,
    ProcessResult,
    UpdateProcessBody,
)
from anyqpu_raw.scaleway.models import Process as RawProcess

from anyqpu.core.checks import check_timeout
from anyqpu.core.reading import elements_of, page_of, read_each
from anyqpu.core.results import forms as result_forms
from anyqpu.core.submit import find_among, new_key, within_timeout
from anyqpu.core.values import given, text
from anyqpu.errors import NotReadyError, ValidationError
from anyqpu.model.device import Device
from anyqpu.model.job import Job
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu.paging import Pager, numbered
from anyqpu.providers.scaleway import mapping
from anyqpu.providers.scaleway.applications import Application, ScalewayApplications
from anyqpu.providers.scaleway.platforms import PAGE_SIZE, retagged


class ScalewayProcesses(ScalewayApplications):
    """The part of the client that deals with processes. A process is a `Job` of the kind `process`."""

    @within_timeout
    async def process(
        self,
        application: str | Application,
        *,
        device: str | Device,
        input: Mapping[str, Any] | str | None = None,
        name: str | None = None,
        tags: Sequence[str] = (),
        timeout: float | None = None,
    ) -> Job:
        """Run an application; returns as soon as the process exists (CreateProcess). It is sent once.

        What comes back is a job of the kind `process`: `wait`, `result`, `events`, `cancel` and its handle are those of
        any job. It opens sessions of its own, which cost what they cost.

        Args:
            application: Its name, such as `"vqe"`, or its identifier.
            device: A platform that it runs on, by name or identifier.
            input: What it computes, in the form of `application.input_template`; None is for the cloud to fill in.
            name: For your own use.
            tags: For your own use.
            timeout: Seconds for the whole call. The last quarter, at most 5 s, is kept for finding the process
                where its response is lost.

        Raises:
            ValidationError: Something is not acceptable; nothing was started if `status_code` is None.
            NotFoundError: There is no such application or device.
            SubmissionUnknownError: It may have started, but was not found.
        """
        check_timeout(timeout, self.provider)
        wanted = application if isinstance(application, Application) else await self.application(application)
        target = await self._target(device)
        if wanted.device_ids and target.id not in wanted.device_ids:
            raise ValidationError(
                f"{wanted.name} does not run on {target.name}",
                provider=self.provider,
                fields=("device",),
                hint="application.device_ids says where it does",
            )
        key = new_key()
        body = CreateProcessBody(
            project_id=self._project(), platform_id=target.id, application_id=wanted.id, tags=[*tags, key]
        )
        if name is not None:
            body.name = name
        if input is not None:
            body.input_ = input if isinstance(input, str) else self._spelled(input)

        async def send() -> Job:
            return mapping.process_of(await self.raw.create_process(body=body), self)

        async def find(key: str, since: datetime) -> Job | None:
            # The tags are checked here too, in case the filter does something else.
            return await find_among(
                self.processes(tags=[key]),
                since=since,
                is_ours=lambda job: key in mapping.tags_of(job.raw.tags),
                created_at=lambda job: job.created_at,
            )

        return await self._send_once(send, find, key=key, timeout=timeout)

    def _spelled(self, input: Mapping[str, Any]) -> str:
        try:
            return json.dumps(dict(input), allow_nan=False)
        except (TypeError, ValueError) as error:
            raise ValidationError(
                f"the input is no JSON: {error}", provider=self.provider, fields=("input",)
            ) from error

    def processes(
        self,
        *,
        application: str | Application | None = None,
        tags: Sequence[str] = (),
        page_size: int = PAGE_SIZE,
    ) -> Pager[Job]:
        """The project's processes, newest first, perhaps only those of an application or with tags (ListProcesses)."""
        project = self._project()

        async def fetch(number: int) -> ListProcessesResponse:
            filters: dict[str, Any] = {"tags": list(tags)} if tags else {}
            if application is not None:
                named = application if isinstance(application, Application) else await self.application(application)
                filters["application_id"] = named.id
            page = await self.raw.list_processes(
                project_id=project, page=number, page_size=page_size, order_by="created_at_desc", **filters
            )
            return page_of(self.provider, page, "processes")

        return numbered(
            fetch,
            first=1,
            size=page_size,
            items=lambda page: read_each(self.provider, page.processes, mapping.process_of, self),
            total=lambda page: given(page.total_count),
            identity=lambda process: process.id,
        )

    async def get_process(self, id: str) -> Job:
        """A process by its identifier (GetProcess); raises `NotFoundError` if there is none."""
        return mapping.process_of(await self.raw.get_process(id), self)

    async def update_process(
        self, process: str | Job, *, name: str | None = None, tags: Sequence[str] | None = None
    ) -> Job:
        """Change a process's name or tags; what is None stays as it is (UpdateProcess)."""
        body = UpdateProcessBody()
        if name is not None:
            body.name = name
        if tags is not None:
            key = (await self.get_process(process)).dedup_key if isinstance(process, str) else process.dedup_key
            body.tags = retagged(tags, key)
        return await self._changed_process(process, await self.raw.update_process(_id_of(process), body=body))

    async def cancel_process(self, process: str | Job) -> Job:
        """Cancel a process; its intermediate results stay (CancelProcess). The process as it is then."""
        return await self._changed_process(process, await self.raw.cancel_process(_id_of(process)))

    async def _changed_process(self, process: str | Job, raw: RawProcess | None) -> Job:
        """The process as a response has it; a success without a body, which the document does not list, has none."""
        return await self.get_process(_id_of(process)) if raw is None else mapping.process_of(raw, self)

    async def delete_process(self, process: str | Job) -> None:
        """Delete a process with all its data (DeleteProcess)."""
        await self.raw.delete_process(_id_of(process))

    def process_results(self, process: str | Job, *, page_size: int = PAGE_SIZE) -> Pager[Result]:
        """The results that a process gave so far, intermediate ones first (ListProcessResults).

        Each is in `raw`, parsed where it is JSON.
        """
        id = _id_of(process)

        async def fetch(number: int) -> tuple[ListProcessResultsResponse, list[Result]]:
            raw = await self.raw.list_process_results(id, page=number, page_size=page_size, order_by="created_at_asc")
            page = page_of(self.provider, raw, "process_results")
            elements = elements_of(self.provider, page.process_results)
            return page, [await self._process_result(id, element) for element in elements]

        return numbered(
            fetch,
            first=1,
            size=page_size,
            items=lambda found: found[1],
            total=lambda found: given(found[0].total_count),
        )

    async def _process_result(self, id: str, raw: Any) -> Result:
        body = await result_forms.json_or_text(text(raw.result) if isinstance(raw, ProcessResult) else None)
        return Result(job_id=id, provider=self.provider, items=(ResultItem(kind=ResultKind.RAW),), raw=body)

    async def _result_of_process(self, process: Job) -> Result:
        """The final result of a process, which is the last one."""
        found = await self.process_results(process).collect()
        if not found:
            raise NotReadyError(
                "the process is complete but its result is not there yet",
                provider=self.provider,
                operation="ListProcessResults",
                hint="Ask again in a moment",
            )
        last = found[-1]
        return Result(
            job_id=process.id,
            provider=self.provider,
            items=last.items,
            execution_time=process.execution_time,
            raw=last.raw,
        )


def _id_of(process: str | Job) -> str:
    return process if isinstance(process, str) else process.id
