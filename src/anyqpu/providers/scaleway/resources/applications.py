"""Applications: hybrid computations that Scaleway runs as processes."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from anyqpu_raw.scaleway import pages
from anyqpu_raw.scaleway.client import RawClient
from anyqpu_raw.scaleway.models import Application as RawApplication

from anyqpu.core.reading import identity, read_each, reads
from anyqpu.core.results import forms as result_forms
from anyqpu.core.values import or_none, text
from anyqpu.errors import NotFoundError, ValidationError
from anyqpu.model.serialize import Serializable
from anyqpu.paging import Pager, paginate
from anyqpu.providers.scaleway.mapping import is_uuid
from anyqpu.transport import exchange
from anyqpu.transport.redact import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Application(Serializable):
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
    """Return the common form of an application."""
    id, template = identity(raw.id), or_none(raw.input_template) or None
    with contextlib.suppress(ValueError):
        template = result_forms.parsed(template or "null")
    return Application(
        id=id,
        name=or_none(raw.name) or id,
        kind=text(raw.type_),
        device_ids=tuple(or_none(raw.compatible_platform_ids) or ()),
        input_template=template,
        raw=raw,
    )


class Applications:
    """Applications that Scaleway runs as processes. `client.applications()` lists them."""

    def __init__(self, raw: RawClient) -> None:
        self._raw = raw

    def list(
        self,
        *,
        name: str | None = None,
        kind: str | None = None,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> Pager[Application]:
        """List applications, perhaps only those of a name or a kind such as `vqe` (ListApplications)."""
        filters = {"name": name, "application_type": kind}
        wanted: dict[str, Any] = {key: value for key, value in filters.items() if value is not None}
        return paginate(
            partial(self._raw.list_applications, **wanted),
            pages.LIST_APPLICATIONS,
            to_items=lambda applications: read_each("scaleway", applications, application_of),
            page_size=page_size,
            resume_token=resume_token,
        )

    __call__ = list

    async def get(self, id: str) -> Application:
        """Return an application by its identifier or its name, such as `vqe` (GetApplication, ListApplications).

        Raises:
            NotFoundError: It does not exist; the hint names those that do.
        """
        if not id:
            raise ValidationError(
                "an application is a text such as 'vqe'", provider="scaleway", fields=("application",)
            )
        if is_uuid(id):
            return application_of(await self._raw.get_application(id))
        applications = await self.list().collect()
        for application in applications:
            if application.name == id:
                return application
        # The cloud's texts, in which there may be a link or a credential.
        names = sorted(shown(application.name, exchange.secrets()) or "?" for application in applications)
        raise NotFoundError(
            f"unknown application {id!r}",
            provider="scaleway",
            operation="ListApplications",
            hint=f"Available: {', '.join(names) or 'none'}",
        )
