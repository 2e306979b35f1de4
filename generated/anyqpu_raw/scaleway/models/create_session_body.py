from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_model,
    unknown_fields,
)
from . import (
    create_session_body_booking_demand as _create_session_body_booking_demand,
)

if TYPE_CHECKING:
    from .create_session_body_booking_demand import CreateSessionBodyBookingDemand

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class CreateSessionBody(ApiModel):
    """CreateSessionBody

    Attributes:
        project_id: ID of the Project in which the session was created. (UUID format)
        platform_id: ID of the Platform for which the session was created.
        name: Name of the session.
        max_idle_duration: Maximum idle duration before the session ends. (in seconds)
        max_duration: Maximum duration before the session ends. (in seconds)
        tags: Tags of the session.
        deduplication_id: Deduplication ID of the session.
        booking_demand: A booking demand to schedule the session, only applicable if the platform is bookable.
        model_id: Default computation model ID to be executed by job assigned to this session.
        parameters: Optional platform configuration parameters applied to this session.
    """

    project_id: str
    platform_id: str
    name: str | None | Unset = UNSET
    max_idle_duration: str | None | Unset = UNSET
    max_duration: str | None | Unset = UNSET
    tags: list[str] | None | Unset = UNSET
    deduplication_id: str | None | Unset = UNSET
    booking_demand: CreateSessionBodyBookingDemand | Unset = UNSET
    model_id: str | None | Unset = UNSET
    parameters: str | None | Unset = UNSET

    FIELDS = (
        ("project_id", "project_id"),
        ("platform_id", "platform_id"),
        ("name", "name"),
        ("max_idle_duration", "max_idle_duration"),
        ("max_duration", "max_duration"),
        ("tags", "tags"),
        ("deduplication_id", "deduplication_id"),
        ("booking_demand", "booking_demand"),
        ("model_id", "model_id"),
        ("parameters", "parameters"),
    )
    REQUIRED = frozenset(
        {
            "project_id",
            "platform_id",
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
        self.project_id = pop("project_id")
        self.platform_id = pop("platform_id")
        self.name = pop("name", UNSET)
        self.max_idle_duration = pop("max_idle_duration", UNSET)
        self.max_duration = pop("max_duration", UNSET)
        self.tags = pop("tags", UNSET)
        self.deduplication_id = pop("deduplication_id", UNSET)
        self.booking_demand = (
            UNSET
            if (value := pop("booking_demand", None)) is None
            else decode_model(value, _create_session_body_booking_demand.CreateSessionBodyBookingDemand)
        )
        self.model_id = pop("model_id", UNSET)
        self.parameters = pop("parameters", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self
