from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    unknown_fields,
)
from . import provider as _provider

if TYPE_CHECKING:
    from .provider import Provider

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class RuntimeMinutesAllowance(ApiModel):
    """Machine time paid in advance, on some backends of a provider.

    Attributes:
        provider: Cloud through which a backend is reached.
    """

    id: str | Unset = UNSET
    provider: Provider | Unset = UNSET
    backend_ids: list[str] | None | Unset = UNSET
    allocated_seconds: int | None | Unset = UNSET
    consumed_seconds: int | None | Unset = UNSET
    remaining_seconds: int | None | Unset = UNSET
    limit_reached: bool | Unset = UNSET

    FIELDS = (
        ("id", "id"),
        ("provider", "provider"),
        ("backend_ids", "backend_ids"),
        ("allocated_seconds", "allocated_seconds"),
        ("consumed_seconds", "consumed_seconds"),
        ("remaining_seconds", "remaining_seconds"),
        ("limit_reached", "limit_reached"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.id = UNSET if (value := pop("id", None)) is None else value
        self.provider = UNSET if (value := pop("provider", None)) is None else _provider.read(value)
        self.backend_ids = pop("backend_ids", UNSET)
        self.allocated_seconds = pop("allocated_seconds", UNSET)
        self.consumed_seconds = pop("consumed_seconds", UNSET)
        self.remaining_seconds = pop("remaining_seconds", UNSET)
        self.limit_reached = UNSET if (value := pop("limit_reached", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self
