"""Types of the blocking classes of `anyqpu.providers.kipu.resources.runtime_minutes`. Written by scripts/sync."""

from anyqpu_sync.paging.pager import Pager

from anyqpu.providers.kipu.records import RuntimeAllowance

class RuntimeMinutes:
    """Machine time that the account or organization has paid in advance."""
    def list(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[RuntimeAllowance]:
        """List what was paid and what is left of it (getRuntimeMinutes). Kipu asks the provider at each request.

        Raises:
            ServerError: The provider does not respond (502).
        """
        ...
