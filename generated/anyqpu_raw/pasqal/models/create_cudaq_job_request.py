from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    UsualReaders,
    unknown_fields,
)

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class CreateCudaqJobRequest(ApiModel):
    """CreateCudaqJobRequest

    Attributes:
        sequence: Any JSON object: the page does not say what is inside.
    """

    machine: str
    shots: int
    project_id: str
    sequence: dict[str, Any]

    FIELDS = (
        ("machine", "machine"),
        ("shots", "shots"),
        ("project_id", "project_id"),
        ("sequence", "sequence"),
    )
    REQUIRED = frozenset(
        {
            "machine",
            "shots",
            "project_id",
            "sequence",
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
        self.machine = pop("machine")
        self.shots = pop("shots")
        self.project_id = pop("project_id")
        self.sequence = pop("sequence")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self
