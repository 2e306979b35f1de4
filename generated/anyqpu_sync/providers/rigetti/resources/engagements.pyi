"""Types of the blocking classes of `anyqpu.providers.rigetti.resources.engagements`. Written by scripts/sync."""

from collections.abc import Sequence

from anyqpu.model.device import Device
from anyqpu.providers.rigetti.records import AccountType, Endpoint, Engagement

class Engagements:
    """Engagements of one client."""
    def __len__(self) -> int: ...
    def engage(
        self,
        device: str | Device | None = None,
        *,
        endpoint: str | Endpoint | None = None,
        timeout: float | None = None,
        account_id: str | None = None,
        account_type: AccountType | None = None,
        tags: Sequence[str] = (),
    ) -> Engagement:
        """Return access to an endpoint, waited for while it is busy (CreateEngagement). `submit` does this itself.

        A busy endpoint responds with 503 and says when to try again (`Retry-After`), which is obeyed. An engagement is
        kept and returned again until shortly before it ends.

        Args:
            device: The processor.
            endpoint: The endpoint, in place of the processor's default one.
            timeout: Seconds in all; None: no limit.
            account_id: The account that pays: a user's id, or the name of a group. None: that of the client.
            account_type: Whether that is a user or a group.
            tags: For your own use.

        Raises:
            WaitTimeoutError: The endpoint is busy, and will be for longer than `timeout`.
            NotFoundError: There is no such processor or endpoint.
        """
        ...
    def forget(self, engagement: Engagement) -> None:
        """Do not return an engagement again, since it is over; no request."""
        ...
    def clear(self) -> None:
        """Forget all engagements and their keys; no request."""
        ...
