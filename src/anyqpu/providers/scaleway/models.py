"""Models of Scaleway Quantum as a Service: programs that are kept, for jobs to name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from anyqpu_raw.scaleway.models import CreateModelBody, ListModelsResponse
from anyqpu_raw.scaleway.models import Model as RawModel

from anyqpu.core.reading import identity, page_of, read_each, reads
from anyqpu.core.results import forms as result_forms
from anyqpu.core.values import given, text
from anyqpu.errors import ResultDecodeError, ResultNotAvailableError, ValidationError
from anyqpu.model.device import Device
from anyqpu.model.program import Program, ProgramFormat, ProgramSource, load_program
from anyqpu.paging import Pager, numbered
from anyqpu.providers.scaleway import mapping, pulser, qio
from anyqpu.providers.scaleway.platforms import PAGE_SIZE, ScalewayPlatforms
from anyqpu.transport.downloads import download_link
from anyqpu_programs import fit

MODEL_LIMIT = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputationModel:
    """A program, or several, under an identifier: give it to `submit(model=...)` and nothing is uploaded twice.

    Attributes:
        url: Where its payload can be downloaded; such a link is secret and does not last.
        raw: The cloud's own description, as a generated model.
    """

    id: str
    created_at: datetime | None = None
    project_id: str | None = None
    url: str | None = field(default=None, repr=False)
    raw: Any = field(default=None, repr=False, compare=False)


@reads("scaleway", as_sent=("created_at",))
def model_of(raw: RawModel) -> ComputationModel:
    """The model as it is shown to users."""
    return ComputationModel(
        id=identity(raw.id),
        created_at=mapping.moment(raw.created_at),
        project_id=given(raw.project_id) or None,
        url=given(raw.url) or None,
        raw=raw,
    )


def checked_link(link: Any, provider: str, operation: str) -> str:
    """Return the address that a response gives; raise `ResultDecodeError` where it is not an address."""
    address = text(link)
    if address is None or "://" not in address:
        raise ResultDecodeError("a link in the response is not an address", provider=provider, operation=operation)
    return address


class ScalewayModels(ScalewayPlatforms):
    """The part of the client that deals with models. Scaleway's API cannot delete them."""

    def models(self, *, page_size: int = PAGE_SIZE) -> Pager[ComputationModel]:
        """The project's models, newest first (ListModels)."""
        project = self._project()

        async def fetch(number: int) -> ListModelsResponse:
            page = await self.raw.list_models(
                project_id=project, page=number, page_size=page_size, order_by="created_at_desc"
            )
            return page_of(self.provider, page, "models")

        return numbered(
            fetch,
            first=1,
            size=page_size,
            items=lambda page: read_each(self.provider, page.models, model_of),
            total=lambda page: given(page.total_count),
            identity=lambda model: model.id,
        )

    async def model(self, id: str) -> ComputationModel:
        """A model by its identifier (GetModel); raises `NotFoundError` if there is none."""
        return model_of(await self.raw.get_model(id))

    async def create_model(self, *programs: ProgramSource, device: str | Device) -> ComputationModel:
        """Upload a program, or several that one job runs, without running anything (CreateModel).

        Args:
            programs: As for `submit`; several only in OpenQASM, at most the device's `max_circuits`.
            device: The platform that they are for.

        Raises:
            ValidationError: Something is not acceptable; nothing was uploaded if `status_code` is None.
            NotFoundError: There is no such device.
        """
        target = await self._target(device)
        most = target.max_circuits
        if not programs or (most and len(programs) > most):
            raise ValidationError(
                f"{target.name} takes 1 to {most or 'any number of'} programs, not {len(programs)}",
                provider=self.provider,
                fields=("programs",),
            )
        return await self._upload([await load_program(program) for program in programs], target)

    async def _upload(self, programs: list[Program], target: Device) -> ComputationModel:
        programs = [await fit(each, target.formats, called=target.name, provider=self.provider) for each in programs]
        if any(program.format is ProgramFormat.PERCEVAL for program in programs):
            raise ValidationError(
                "a circuit of Perceval's is no job yet",
                provider=self.provider,
                hint="Give it to submit, with parameters={'input_state': ...}",
                fields=("programs",),
            )
        if programs[0].format is ProgramFormat.PULSER_JSON:
            if len(programs) > 1:
                raise ValidationError(
                    "a model has one sequence of Pulser", provider=self.provider, fields=("programs",)
                )
            payload = pulser.payload(programs[0].text)
        else:
            version = text(getattr(target.raw, "version", None))
            payload = qio.payload(programs, platform=target.name, version=version)
        return model_of(await self.raw.create_model(body=CreateModelBody(project_id=self._project(), payload=payload)))

    async def model_payload(self, model: str | ComputationModel) -> str:
        """What a model consists of, as it was uploaded (GetModel, and the link in it).

        Raises:
            NotFoundError: There is no such model.
            ResultNotAvailableError: It has no link.
        """
        # A fresh link, since they do not last.
        found = await self.model(model if isinstance(model, str) else model.id)
        if found.url is None:
            raise ResultNotAvailableError(f"model {found.id} has no link", provider=self.provider, operation="GetModel")
        link = checked_link(found.url, self.provider, "GetModel")
        received = await download_link(self._transport, link, limit=MODEL_LIMIT)
        return received.decode(errors="replace")

    async def model_programs(self, model: str | ComputationModel) -> tuple[Program, ...]:
        """The programs in a model (GetModel, and the link in it).

        Raises:
            ResultDecodeError: Its form is none that is known; `model_payload` has it as it is.
        """
        payload = await self.model_payload(model)
        details = {"operation": "GetModel"}
        return await self._programs_in(payload, "the model", details, hint="model_payload has it as it is")

    async def _programs_in(
        self, payload: str, what: str, details: dict[str, Any], *, hint: str | None = None
    ) -> tuple[Program, ...]:
        return await result_forms.decode(
            self.provider, what, lambda: qio.programs_in(payload), body=payload, details=details, hint=hint
        )
