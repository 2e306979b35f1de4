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
    billing_price_recurrence_aggregate_usage as _billing_price_recurrence_aggregate_usage,
    billing_price_recurrence_interval as _billing_price_recurrence_interval,
    billing_price_recurrence_usage_type as _billing_price_recurrence_usage_type,
)

if TYPE_CHECKING:
    from .billing_price_recurrence_aggregate_usage import BillingPriceRecurrenceAggregateUsage
    from .billing_price_recurrence_interval import BillingPriceRecurrenceInterval
    from .billing_price_recurrence_usage_type import BillingPriceRecurrenceUsageType

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class BillingPriceRecurrence(ApiModel):
    """The recurring components of a price such as `interval` and `usageType`."""

    interval: BillingPriceRecurrenceInterval
    aggregate_usage: BillingPriceRecurrenceAggregateUsage | Unset = UNSET
    interval_count: int | Unset = UNSET
    usage_type: BillingPriceRecurrenceUsageType | Unset = UNSET

    FIELDS = (
        ("interval", "interval"),
        ("aggregate_usage", "aggregateUsage"),
        ("interval_count", "intervalCount"),
        ("usage_type", "usageType"),
    )
    REQUIRED = frozenset(
        {
            "interval",
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
        self.interval = _billing_price_recurrence_interval.read(pop("interval"))
        self.aggregate_usage = (
            UNSET
            if (value := pop("aggregateUsage", None)) is None
            else _billing_price_recurrence_aggregate_usage.read(value)
        )
        self.interval_count = UNSET if (value := pop("intervalCount", None)) is None else value
        self.usage_type = (
            UNSET if (value := pop("usageType", None)) is None else _billing_price_recurrence_usage_type.read(value)
        )
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self
