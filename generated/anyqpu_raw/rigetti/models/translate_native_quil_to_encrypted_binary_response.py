from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    UsualReaders,
    decode_map,
    decode_model,
    unknown_fields,
)
from . import (
    parameter_spec as _parameter_spec,
)

if TYPE_CHECKING:
    from .parameter_spec import ParameterSpec

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class TranslateNativeQuilToEncryptedBinaryResponse(ApiModel):
    """TranslateNativeQuilToEncryptedBinaryResponse

    Attributes:
        program: Encrypted binary built for execution on the target quantum processor
        settings_timestamp: ISO8601 timestamp of the settings used to translate the program. Translation is deterministic; a
            program translated twice with the same settings by the same version of the service will have
            identical output.
    """

    program: str
    memory_descriptors: dict[str, ParameterSpec] | Unset = UNSET
    ro_sources: list[list[str]] | Unset = UNSET
    settings_timestamp: str | Unset = UNSET

    FIELDS = (
        ("program", "program"),
        ("memory_descriptors", "memoryDescriptors"),
        ("ro_sources", "roSources"),
        ("settings_timestamp", "settingsTimestamp"),
    )
    REQUIRED = frozenset(
        {
            "program",
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
        self.program = pop("program")
        self.memory_descriptors = (
            UNSET
            if (value := pop("memoryDescriptors", None)) is None
            else decode_map(value, lambda item: decode_model(item, _parameter_spec.ParameterSpec))
        )
        self.ro_sources = UNSET if (value := pop("roSources", None)) is None else value
        self.settings_timestamp = UNSET if (value := pop("settingsTimestamp", None)) is None else value
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self
