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
from . import sdk_name as _sdk_name

if TYPE_CHECKING:
    from .sdk_name import SdkName

_usual = UsualReaders()


@define(kw_only=True, repr=False)
class BackendSdk(ApiModel):
    """SDK that can use a backend, and where to read how.

    Attributes:
        type_: SDK that can use a backend; what is QHUB now was PLANQK.
        url: Page about the SDK and this backend.
    """

    type_: SdkName | Unset = UNSET
    url: str | None | Unset = UNSET

    FIELDS = (
        ("type_", "type"),
        ("url", "url"),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        usual = _usual.get(len(src_dict))
        if usual is not None and (read := usual(cls, src_dict)) is not None:
            return read
        rest = dict(src_dict)
        pop = rest.pop
        self = object.__new__(cls)
        self.type_ = UNSET if (value := pop("type", None)) is None else _sdk_name.read(value)
        self.url = pop("url", UNSET)
        self._extra = None
        self._fits = False
        if rest:
            self._extra = unknown_fields(__name__, rest)
        _usual.learn(cls, src_dict)
        return self
