"""Types of the blocking classes of `anyqpu.providers.scaleway.resources.applications`. Written by scripts/sync."""

from anyqpu_sync.paging.pager import Pager

from anyqpu.providers.scaleway.resources.applications import Application

class Applications:
    """Applications that Scaleway runs as processes. `client.applications()` lists them."""
    def list(
        self,
        *,
        name: str | None = None,
        kind: str | None = None,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> Pager[Application]:
        """List applications, perhaps only those of a name or a kind such as `vqe` (ListApplications)."""
        ...
    def get(self, id: str) -> Application:
        """Return an application by its identifier or its name, such as `vqe` (GetApplication, ListApplications).

        Raises:
            NotFoundError: It does not exist; the hint names those that do.
        """
        ...
