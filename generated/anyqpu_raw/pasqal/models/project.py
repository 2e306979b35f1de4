from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_datetime,
    decode_model,
    unknown_fields,
)
from . import project_contact as _project_contact, queue_priority as _queue_priority

if TYPE_CHECKING:
    from .project_contact import ProjectContact
    from .queue_priority import QueuePriority

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class Project(ApiModel):
    """A project: whoever is a member may run jobs in it."""

    id: str
    project_id: str | None | Unset = UNSET
    name: str | None | Unset = UNSET
    description: str | None | Unset = UNSET
    company: str | None | Unset = UNSET
    email_domain: str | None | Unset = UNSET
    package: str | None | Unset = UNSET
    project_status: str | None | Unset = UNSET
    project_type: str | None | Unset = UNSET
    queue_priority: QueuePriority | None | Unset = UNSET
    last_activity_date: datetime | None | Unset = UNSET
    allowed_device_types: list[str] | None | Unset = UNSET
    allowed_workload_types: list[str] | None | Unset = UNSET
    additional_access_grants: list[dict[str, Any]] | None | Unset = UNSET
    count: dict[str, int] | None | Unset = UNSET
    account_manager: ProjectContact | None | Unset = UNSET
    main_admin: ProjectContact | None | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("project_id", "project_id"),
        ("name", "name"),
        ("description", "description"),
        ("company", "company"),
        ("email_domain", "email_domain"),
        ("package", "package"),
        ("project_status", "project_status"),
        ("project_type", "project_type"),
        ("queue_priority", "queue_priority"),
        ("last_activity_date", "last_activity_date"),
        ("allowed_device_types", "allowed_device_types"),
        ("allowed_workload_types", "allowed_workload_types"),
        ("additional_access_grants", "additional_access_grants"),
        ("count", "count"),
        ("account_manager", "account_manager"),
        ("main_admin", "main_admin"),
    )
    REQUIRED = frozenset(
        {
            "id",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.id = pop("id")
        self.project_id = pop("project_id", UNSET)
        self.name = pop("name", UNSET)
        self.description = pop("description", UNSET)
        self.company = pop("company", UNSET)
        self.email_domain = pop("email_domain", UNSET)
        self.package = pop("package", UNSET)
        self.project_status = pop("project_status", UNSET)
        self.project_type = pop("project_type", UNSET)
        self.queue_priority = (
            value
            if (value := pop("queue_priority", UNSET)) is UNSET or value is None
            else (_queue_priority.read(value))
        )
        self.last_activity_date = (
            value if (value := pop("last_activity_date", UNSET)) is UNSET or value is None else (decode_datetime(value))
        )
        self.allowed_device_types = pop("allowed_device_types", UNSET)
        self.allowed_workload_types = pop("allowed_workload_types", UNSET)
        self.additional_access_grants = pop("additional_access_grants", UNSET)
        self.count = pop("count", UNSET)
        self.account_manager = (
            value
            if (value := pop("account_manager", UNSET)) is UNSET or value is None
            else (decode_model(value, _project_contact.ProjectContact))
        )
        self.main_admin = (
            value
            if (value := pop("main_admin", UNSET)) is UNSET or value is None
            else (decode_model(value, _project_contact.ProjectContact))
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self
