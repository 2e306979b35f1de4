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
    normalized_expectation_values_result_type as _normalized_expectation_values_result_type,
)

if TYPE_CHECKING:
    from .normalized_expectation_values_result_type import NormalizedExpectationValuesResultType

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class NormalizedExpectationValuesResult(ApiModel):
    """Expectation values of observables, one row after the other for more than one dimension.

    Attributes:
        index: Place of the program in the job, from 0.
        name: Name of the program; several may have the same.
        shape: Length of each dimension of the values.
        stds: Standard error of each value.
        ensemble_stds: The same over all shots together.
        observable_index: Observable of each value.
        run_context: Precision, randomizations and mitigation of the run.
    """

    type_: NormalizedExpectationValuesResultType
    values: list[float]
    index: int | Unset = UNSET
    name: str | None | Unset = UNSET
    shape: list[int] | Unset = UNSET
    stds: list[float] | Unset = UNSET
    ensemble_stds: list[float] | None | Unset = UNSET
    observable_index: list[int] | None | Unset = UNSET
    observables: list[dict[str, Any]] | None | Unset = UNSET
    parameter_values: list[list[float]] | None | Unset = UNSET
    run_context: dict[str, Any] | None | Unset = UNSET

    FIELDS = (
        ("type_", "type"),
        ("values", "values"),
        ("index", "index"),
        ("name", "name"),
        ("shape", "shape"),
        ("stds", "stds"),
        ("ensemble_stds", "ensemble_stds"),
        ("observable_index", "observable_index"),
        ("observables", "observables"),
        ("parameter_values", "parameter_values"),
        ("run_context", "run_context"),
    )
    REQUIRED = frozenset(
        {
            "type",
            "values",
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
        self.type_ = _normalized_expectation_values_result_type.read(pop("type"))
        self.values = pop("values")
        self.index = UNSET if (value := pop("index", None)) is None else value
        self.name = pop("name", UNSET)
        self.shape = UNSET if (value := pop("shape", None)) is None else value
        self.stds = UNSET if (value := pop("stds", None)) is None else value
        self.ensemble_stds = pop("ensemble_stds", UNSET)
        self.observable_index = pop("observable_index", UNSET)
        self.observables = pop("observables", UNSET)
        self.parameter_values = pop("parameter_values", UNSET)
        self.run_context = pop("run_context", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self
