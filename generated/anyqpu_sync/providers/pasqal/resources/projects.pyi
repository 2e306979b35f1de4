"""Types of the blocking classes of `anyqpu.providers.pasqal.resources.projects`. Written by scripts/sync."""

from anyqpu_sync.paging.pager import Pager

from anyqpu.providers.pasqal.resources.projects import Project

class Projects:
    """Projects of which you are a member. `client.projects()` lists them."""
    def list(
        self, *, status: str | None = "ACTIVE", page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[Project]:
        """List your projects (list_projects).

        Args:
            status: Status of the projects; None: any.
            page_size: Projects per page; None: all.
            resume_token: `resume_token` of a pager of the same list.
        """
        ...
    def get(self, id: str | None = None) -> Project:
        """Return a project by its identifier; without it, the one that this client uses (list_projects).

        Raises:
            NotFoundError: You are not a member of such a project.
        """
        ...
    def packages(self) -> dict[str, str]:
        """Return the names of the packages with which projects are booked, by their codes (list_packages)."""
        ...
