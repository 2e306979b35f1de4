"""Types of the blocking classes of `anyqpu.providers.rigetti.resources.endpoints`. Written by scripts/sync."""

from collections.abc import Sequence

from anyqpu_sync.paging.pager import Pager

from anyqpu.model.device import Device
from anyqpu.model.polling import PollPolicy
from anyqpu.providers.rigetti.records import Endpoint

class Endpoints:
    """Endpoints. `rigetti.endpoints()` is short for `rigetti.endpoints.list()`."""
    def list(
        self, *, filter: str | None = None, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[Endpoint]:
        """List all endpoints, or those that fit a filter (ListEndpoints).

        Args:
            filter: In the language of the `rule-engine` package, such as
                `'healthy == true and "Aspen-9" in quantumProcessorIds'`. Filters of reservations have another one.
            page_size: Endpoints per request; None: 100.
            resume_token: `resume_token` of a pager of the same list.
        """
        ...
    def get(self, id: str) -> Endpoint:
        """Return an endpoint by its identifier (GetEndpoint); raise `NotFoundError` if it does not exist."""
        ...
    def default(self, device: str | Device) -> Endpoint:
        """Return the endpoint that leads to a processor (GetDefaultEndpoint); raise `NotFoundError` if it has none."""
        ...
    def create(self, devices: Sequence[str | Device] = (), *, datacenters: Sequence[str] = ()) -> Endpoint:
        """Create an endpoint (CreateEndpoint). It may not work at once: see `wait`.

        Args:
            devices: The processors that it leads to.
            datacenters: Where it may run, such as `"berkeley-775"`.

        Raises:
            ValidationError: There is no such processor or datacenter.
            SubmissionUnknownError: It may exist: the response was lost, and endpoints carry no key.
        """
        ...
    def delete(self, endpoint: str | Endpoint) -> None:
        """Delete an endpoint of yours (DeleteEndpoint); raise `PermissionDeniedError` for one of others."""
        ...
    def restart(self, endpoint: str | Endpoint, *, component: str | None = None) -> None:
        """Restart an endpoint of yours, or one component of it (RestartEndpoint).

        It is not healthy for a while: see `wait`. Raises `PermissionDeniedError` for an endpoint of others.
        """
        ...
    def wait(
        self, endpoint: str | Endpoint, *, timeout: float | None = None, poll: PollPolicy | None = None
    ) -> Endpoint:
        """Return an endpoint once it is healthy (GetEndpoint).

        Raises:
            WaitTimeoutError: `timeout` seconds went by.
        """
        ...
