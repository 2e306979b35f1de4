"""Models: programs that Scaleway keeps, for jobs to name."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from anyqpu_raw.scaleway import pages
from anyqpu_raw.scaleway.models import CreateModelBody
from anyqpu_raw.scaleway.models import Model as RawModel

from anyqpu.core.memory import Memory
from anyqpu.core.reading import identity, read_each, reads
from anyqpu.core.results import forms as result_forms
from anyqpu.core.values import or_none, text
from anyqpu.errors import NotFoundError, ResultDecodeError, ResultNotAvailableError, ValidationError
from anyqpu.model.device import Device
from anyqpu.model.program import Program, ProgramFormat, ProgramSource, load_program
from anyqpu.paging import Pager, paginate
from anyqpu.providers.scaleway import mapping, pulser, qio
from anyqpu.transport.downloads import download_link
from anyqpu_programs import fit

if TYPE_CHECKING:
    from anyqpu.providers.scaleway.adapter import ScalewayAdapter

MODEL_LIMIT = 64 * 1024 * 1024
# Seconds for which a program that was uploaded for a job is not uploaded again. Scaleway keeps models; the number only
# bounds how long a wrong entry lasts.
UPLOAD_SECONDS = 3600.0


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
    """Return the common form of a model."""
    return ComputationModel(
        id=identity(raw.id),
        created_at=mapping.parse_time(raw.created_at),
        project_id=or_none(raw.project_id) or None,
        url=or_none(raw.url) or None,
        raw=raw,
    )


def checked_link(link: Any, provider: str, operation: str) -> str:
    """Return the address that a response gives; raise `ResultDecodeError` where it is not an address."""
    address = text(link)
    if address is None or "://" not in address:
        raise ResultDecodeError("a link in the response is not an address", provider=provider, operation=operation)
    return address


class Models:
    """Programs that are kept, for jobs to name. `client.models()` lists them; Scaleway's API cannot delete them."""

    def __init__(self, adapter: ScalewayAdapter) -> None:
        self._adapter = adapter
        self._raw = adapter.raw
        self._uploads: Memory[ComputationModel] = Memory(adapter.context.clock, seconds=UPLOAD_SECONDS)

    def list(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[ComputationModel]:
        """List the project's models, newest first (ListModels)."""
        return paginate(
            partial(self._raw.list_models, project_id=self._adapter.project(), order_by="created_at_desc"),
            pages.LIST_MODELS,
            to_items=lambda models: read_each("scaleway", models, model_of),
            page_size=page_size,
            resume_token=resume_token,
        )

    __call__ = list

    async def get(self, id: str) -> ComputationModel:
        """Return a model by its identifier (GetModel); raises `NotFoundError` if it does not exist."""
        return model_of(await self._raw.get_model(id))

    async def create(self, *programs: ProgramSource, device: str | Device) -> ComputationModel:
        """Upload a program, or several that one job runs, without running anything (CreateModel).

        Args:
            programs: As for `submit`; several only in OpenQASM, at most the device's `max_circuits`.
            device: The platform that they are for.

        Raises:
            ValidationError: Something is not acceptable; nothing was uploaded if `status_code` is None.
            NotFoundError: There is no such device.
        """
        target = await self._adapter.target(device)
        most = target.max_circuits
        if not programs or (most and len(programs) > most):
            raise ValidationError(
                f"{target.name} takes 1 to {most or 'any number of'} programs, not {len(programs)}",
                provider="scaleway",
                fields=("programs",),
            )
        return await self.upload([await load_program(program) for program in programs], target)

    async def upload(self, programs: Sequence[Program], device: Device) -> ComputationModel:
        """Upload loaded programs, in a language that the platform takes (CreateModel)."""
        return await self._upload(await _payload(programs, device))

    async def upload_once(self, programs: Sequence[Program], device: Device) -> ComputationModel:
        """Upload loaded programs, unless this client did so within the last hour (CreateModel)."""
        payload = await _payload(programs, device)
        digest = hashlib.sha256(payload.encode("utf-8", "surrogatepass")).hexdigest()
        return await self._uploads.look_up(digest, lambda: self._upload(payload))

    def is_lost(self, model: ComputationModel, error: NotFoundError) -> bool:
        """Whether an error says that an uploaded model is missing, so that it is uploaded again; no request."""
        if model.id not in error.message:
            return False
        self._uploads.discard(lambda uploaded: uploaded.id == model.id)
        return True

    async def _upload(self, payload: str) -> ComputationModel:
        body = CreateModelBody(project_id=self._adapter.project(), payload=payload)
        return model_of(await self._raw.create_model(body=body))

    async def payload(self, model: str | ComputationModel) -> str:
        """Return the payload of a model, as it was uploaded (GetModel, and the link in it).

        Raises:
            NotFoundError: There is no such model.
            ResultNotAvailableError: It has no link.
        """
        # A fresh link, since they expire.
        current = await self.get(model if isinstance(model, str) else model.id)
        if current.url is None:
            raise ResultNotAvailableError(f"model {current.id} has no link", provider="scaleway", operation="GetModel")
        link = checked_link(current.url, "scaleway", "GetModel")
        received = await download_link(self._adapter.context.transport, link, limit=MODEL_LIMIT)
        return received.decode(errors="replace")

    async def programs(self, model: str | ComputationModel) -> tuple[Program, ...]:
        """Return the programs in a model (GetModel, and the link in it).

        Raises:
            ResultDecodeError: Its form is unknown; `payload` returns it as it is.
        """
        payload = await self.payload(model)
        return await programs_in(
            payload, "the model", {"operation": "GetModel"}, hint="models.payload returns it as it is"
        )


async def _payload(programs: Sequence[Program], device: Device) -> str:
    """Return the payload of loaded programs, in a language that the platform takes."""
    programs = [await fit(program, device.formats, called=device.name, provider="scaleway") for program in programs]
    if any(program.format is ProgramFormat.PERCEVAL for program in programs):
        raise ValidationError(
            "a circuit of Perceval has no input state, and so cannot be a model",
            provider="scaleway",
            hint="Give it to submit, with parameters={'input_state': ...}",
            fields=("programs",),
        )
    if programs[0].format is ProgramFormat.PULSER_JSON:
        if len(programs) > 1:
            raise ValidationError("a model has one sequence of Pulser", provider="scaleway", fields=("programs",))
        return pulser.payload(programs[0].text)
    version = text(getattr(device.raw, "version", None))
    return qio.payload(programs, platform=device.name, version=version)


async def programs_in(
    payload: str, label: str, details: dict[str, Any], *, hint: str | None = None
) -> tuple[Program, ...]:
    """Return the programs in a payload; raise `ResultDecodeError` where its form is unknown."""
    return await result_forms.decode(
        "scaleway", label, lambda: qio.programs_in(payload), body=payload, details=details, hint=hint
    )
