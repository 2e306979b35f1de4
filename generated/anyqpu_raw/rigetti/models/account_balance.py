from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from ..._core import (
    ApiModel,
    unknown_fields,
)


@define(kw_only=True, repr=False)
class AccountBalance(ApiModel):
    """Balance of QCS account in billing system. Note, a negative balance signifies that the account has QCS
    credits to spend. A positive account balance signifies that the account has no additional QCS credits to
    spend. The QCS UI may display these quantities in absolute or negative value and provide a clear meaning to
    the significance.

    Attributes:
        balance: The balance in cents USD.
    """

    balance: int

    FIELDS = (("balance", "balance"),)
    REQUIRED = frozenset(
        {
            "balance",
        }
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.balance = pop("balance")
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        return self
