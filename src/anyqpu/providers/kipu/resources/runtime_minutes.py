"""Machine time that was paid in advance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anyqpu._lazy import LazyModule

if TYPE_CHECKING:
    from anyqpu_raw.kipu import pages
    from anyqpu_raw.kipu.client import RawClient

    from anyqpu import paging
    from anyqpu.core import reading
    from anyqpu.paging import Pager
    from anyqpu.providers.kipu import mapping
    from anyqpu.providers.kipu.records import RuntimeAllowance
else:
    pages = LazyModule("anyqpu_raw.kipu.pages")
    mapping = LazyModule("anyqpu.providers.kipu.mapping")
    paging, reading = LazyModule("anyqpu.paging"), LazyModule("anyqpu.core.reading")


class RuntimeMinutes:
    """Machine time that the account or organization has paid in advance."""

    def __init__(self, raw: RawClient) -> None:
        self._raw = raw

    def list(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[RuntimeAllowance]:
        """List what was paid and what is left of it (getRuntimeMinutes). Kipu asks the provider at each request.

        Raises:
            ServerError: The provider does not respond (502).
        """
        return paging.paginate(
            self._raw.get_runtime_minutes,
            pages.GET_RUNTIME_MINUTES,
            to_items=lambda entries: reading.read_each("kipu", entries, mapping.allowance_of),
            page_size=page_size,
            resume_token=resume_token,
        )

    __call__ = list
