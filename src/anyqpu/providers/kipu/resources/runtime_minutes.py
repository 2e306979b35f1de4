"""Machine time that was paid in advance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anyqpu_raw.kipu import pages

from anyqpu._lazy import LazyModule
from anyqpu.paging import Pager, paginate

if TYPE_CHECKING:
    from anyqpu_raw.kipu.client import RawClient

    from anyqpu.core import reading
    from anyqpu.core.context import Context
    from anyqpu.providers.kipu import mapping
    from anyqpu.providers.kipu.records import RuntimeAllowance
else:
    mapping = LazyModule("anyqpu.providers.kipu.mapping")
    reading = LazyModule("anyqpu.core.reading")


class RuntimeMinutes:
    """Machine time that the account or organization has paid in advance."""

    def __init__(self, context: Context[RawClient]) -> None:
        self._raw = context.raw

    def list(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[RuntimeAllowance]:
        """List what was paid and what is left of it (getRuntimeMinutes). Kipu asks the provider at each request.

        Raises:
            ServerError: The provider does not respond (502).
        """
        return paginate(
            self._raw.get_runtime_minutes,
            pages.GET_RUNTIME_MINUTES,
            to_items=lambda entries: reading.read_each("kipu", entries, mapping.allowance_of),
            page_size=page_size,
            resume_token=resume_token,
        )

    __call__ = list
