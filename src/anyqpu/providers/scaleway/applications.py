"""Applications of Scaleway Quantum as a Service: hybrid computations that it runs as processes."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import Any

from anyqpu_raw.scaleway.models import Application as RawApplication
from anyqpu_raw.scaleway.models import ListApplicationsResponse

from anyqpu.core.reading import identity, page_of, read_each, reads
from anyqpu.core.results import forms as result_forms
from anyqpu.core.values import given, text
from anyqpu.errors import NotFoundError, ValidationError
from anyqpu.paging import Pager, numbered
from anyqpu.providers.scaleway.platforms import PAGE_SIZE, ScalewayPlatforms, is_uuid


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A hybrid computation that Scaleway runs.

    Attributes:
        kind: What it computes, in the cloud's word, such as `vqe`.
        device_ids: The platforms that it runs on, by their identifiers.
        input_template: What the input looks like: an object where it is JSON, otherwise the text.
        raw: The cloud's own description, as a generated model.
    """

    id: str
    name: str
    kind: str | None = None
    device_ids: tuple[str, ...] = ()
    input_template: Any = None
    raw: Any = field(default=None, repr=False, compare=False)


@reads("scaleway")
def application_of(raw: RawApplication) -> Application:
    """The application as it is shown to users."""
    id, template = identity(raw.id), given(raw.input_template) or None
    with contextlib.suppress(ValueError):
        template = result_forms.parsed(template or "null")
    return Application(
        id=id,
        name=given(raw.name) or id,
        kind=text(raw.type_),
        device_ids=tuple(given(raw.compatible_platform_ids) or ()),
        input_template=template,
        raw=raw,
    )


class ScalewayApplications(ScalewayPlatforms):
    """The part of the client that deals with applications."""

    def applications(
        self, *, name: str | None = None, kind: str | None = None, page_size: int = PAGE_SIZE
    ) -> Pager[Application]:
        """All applications, perhaps only those of a name or a kind such as `vqe` (ListApplications)."""

        async def fetch(number: int) -> ListApplicationsResponse:
            filters = {"name": name, "application_type": kind}
            wanted: dict[str, Any] = {key: value for key, value in filters.items() if value is not None}
            page = await self.raw.list_applications(page=number, page_size=page_size, **wanted)
            return page_of(self.provider, page, "applications")

        return numbered(
            fetch,
            first=1,
            size=page_size,
            items=lambda page: read_each(self.provider, page.applications, application_of),
            total=lambda page: given(page.total_count),
            identity=lambda application: application.id,
        )

    async def application(self, id: str) -> Application:
        """An application by its identifier or its name, such as `vqe` (GetApplication, ListApplications).

        Raises:
            NotFoundError: There is none; the hint has those that there are.
        """
        if not id:
            raise ValidationError(
                "an application is a text such as 'vqe'", provider=self.provider, fields=("application",)
            )
        if is_uuid(id):
            return application_of(await self.raw.get_application(id))
        found = await self.applications().collect()
        for application in found:
            if application.name == id:
                return application
        raise NotFoundError(
            f"there is no application {id!r}",
            provider=self.provider,
            operation="ListApplications",
            hint=f"There are {', '.join(sorted(application.name for application in found)) or 'none'}",
        )
