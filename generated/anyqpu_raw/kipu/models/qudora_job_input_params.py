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
from . import (
    qudora_job_input_params_language as _qudora_job_input_params_language,
)

if TYPE_CHECKING:
    from .qudora_job_input_params_language import QudoraJobInputParamsLanguage

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class QudoraJobInputParams(ApiModel):
    """Optional job parameters for Qudora backends

    Attributes:
        backend_settings: Provider-specific backend settings passed through to the Qudora API
        language: The quantum circuit language to use for the job
    """

    backend_settings: dict[str, Any] | Unset = UNSET
    language: QudoraJobInputParamsLanguage | Unset = UNSET

    FIELDS = (
        ("backend_settings", "backend_settings"),
        ("language", "language"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.backend_settings = UNSET if (value := pop("backend_settings", None)) is None else value
        self.language = (
            UNSET if (value := pop("language", None)) is None else _qudora_job_input_params_language.read(value)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self
