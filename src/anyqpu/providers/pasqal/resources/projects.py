"""Projects, in which Pasqal's devices are used, and the packages that they can have."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from anyqpu_raw.pasqal import pages
from anyqpu_raw.pasqal.models import Package
from anyqpu_raw.pasqal.models import Project as RawProject

from anyqpu.core.arguments import checked_text, shown
from anyqpu.core.reading import identity, read_each, reads
from anyqpu.core.values import or_none, parse_time_or_seconds, text, texts
from anyqpu.errors import NotFoundError
from anyqpu.model.serialize import Serializable
from anyqpu.paging import Pager, paginate
from anyqpu.providers.pasqal.responses import elements

if TYPE_CHECKING:
    from anyqpu.providers.pasqal.adapter import PasqalAdapter


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Serializable):
    """A project, in which its members run jobs. None means that the provider gives no value.

    Attributes:
        device_types: The devices that it may use.
        last_activity_at: The time of the last activity, in UTC.
        raw: The provider's description, as a generated model.
    """

    id: str
    name: str | None
    status: str | None
    queue_priority: str | None
    package: str | None
    device_types: tuple[str, ...]
    last_activity_at: datetime | None
    raw: Any = field(default=None, repr=False, compare=False)


class Projects:
    """Projects of which you are a member. `client.projects()` lists them."""

    def __init__(self, adapter: PasqalAdapter) -> None:
        self._adapter = adapter
        self._raw = adapter.raw

    def list(
        self, *, status: str | None = "ACTIVE", page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[Project]:
        """List your projects (list_projects).

        Args:
            status: Status of the projects; None: any.
            page_size: Projects per page; None: all.
            resume_token: `resume_token` of a pager of the same list.
        """
        filters = {} if status is None else {"project_status": checked_text(status, "status", "ACTIVE", "pasqal")}
        return paginate(
            partial(self._raw.list_projects, **filters),
            pages.LIST_PROJECTS,
            to_items=lambda projects: read_each("pasqal", projects, _project_of),
            page_size=page_size,
            resume_token=resume_token,
        )

    __call__ = list

    async def get(self, id: str | None = None) -> Project:
        """Return a project by its identifier; without it, the one that this client uses (list_projects).

        Raises:
            NotFoundError: You are not a member of such a project.
        """
        wanted = self._adapter.project() if id is None else checked_text(id, "id", "5904a9f2", "pasqal")
        projects = {project.id: project async for project in self.list(status=None)}
        if wanted not in projects:
            names = ", ".join(f"{project.id} ({project.name})" for project in projects.values())
            problem, hint = f"there is no project {shown(wanted)}", f"There are {names}" if names else None
            raise NotFoundError(problem, provider="pasqal", operation="list_projects", hint=hint)
        return projects[wanted]

    async def packages(self) -> dict[str, str]:
        """Return the names of the packages with which projects are booked, by their codes (list_packages)."""
        sent = elements(await self._raw.list_packages())
        return dict(read_each("pasqal", sent, _package_of))


@reads("pasqal", as_sent=("last_activity_date",))
def _project_of(raw: RawProject) -> Project:
    return Project(
        id=identity(or_none(raw.project_id) or raw.id),
        name=or_none(raw.name),
        status=or_none(raw.project_status),
        queue_priority=text(raw.queue_priority),
        package=or_none(raw.package),
        device_types=texts(raw.allowed_device_types),
        last_activity_at=parse_time_or_seconds(raw.last_activity_date),
        raw=raw,
    )


@reads("pasqal")
def _package_of(raw: Package) -> tuple[str, str]:
    return identity(raw.value, "value"), or_none(raw.label) or ""
