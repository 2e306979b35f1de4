from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from ..._core import (
    UNSET,
    ApiModel,
    Unset,
    decode_list,
    decode_model,
    unknown_fields,
)
from . import (
    normalized_counts_result as _normalized_counts_result,
    normalized_error_result as _normalized_error_result,
    normalized_expectation_values_result as _normalized_expectation_values_result,
    normalized_probabilities_result as _normalized_probabilities_result,
    normalized_unmapped_result as _normalized_unmapped_result,
)

if TYPE_CHECKING:
    from .normalized_counts_result import NormalizedCountsResult
    from .normalized_error_result import NormalizedErrorResult
    from .normalized_expectation_values_result import NormalizedExpectationValuesResult
    from .normalized_probabilities_result import NormalizedProbabilitiesResult
    from .normalized_unmapped_result import NormalizedUnmappedResult


@define(kw_only=True, repr=False)
class NormalizedJobResult(ApiModel):
    """Results of a job's programs in one form for all backends, in the order of the programs."""

    pubs: (
        list[
            NormalizedCountsResult
            | NormalizedProbabilitiesResult
            | NormalizedExpectationValuesResult
            | NormalizedErrorResult
            | NormalizedUnmappedResult
        ]
        | Unset
    ) = UNSET

    FIELDS = (("pubs", "pubs"),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.pubs = (
            UNSET
            if (value := pop("pubs", None)) is None
            else decode_list(
                value,
                lambda item: decode_model(
                    item,
                    _normalized_counts_result.NormalizedCountsResult,
                    _normalized_probabilities_result.NormalizedProbabilitiesResult,
                    _normalized_expectation_values_result.NormalizedExpectationValuesResult,
                    _normalized_error_result.NormalizedErrorResult,
                    _normalized_unmapped_result.NormalizedUnmappedResult,
                ),
            )
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self
