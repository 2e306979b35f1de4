"""Types of the blocking classes of `anyqpu.providers.rigetti.resources.groups`. Written by scripts/sync."""

from anyqpu_sync.paging.pager import Pager

from anyqpu.providers.rigetti.records import Group, User

class Groups:
    """Groups and their members. `rigetti.groups()` is short for `rigetti.groups.list()`."""
    def list(
        self, *, user: str | None = None, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[Group]:
        """List the groups that a user belongs to; without `user` that of the token (ListUserGroups)."""
        ...
    def members(
        self, group: str | Group, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[User]:
        """List the users in a group (ListGroupUsers). A change may take up to an hour to be seen."""
        ...
    def add(self, group: str | Group, *, user: str | User | None = None, email: str | None = None) -> None:
        """Add a user to a group, by id or e-mail address (AddGroupUser). It may take up to an hour to be seen.

        Raises:
            NotFoundError: There is no such group or user.
        """
        ...
    def remove(self, group: str | Group, *, user: str | User | None = None, email: str | None = None) -> None:
        """Remove a user from a group, by id or e-mail address (RemoveGroupUser). It may take up to an hour.

        Raises:
            NotFoundError: There is no such group or user.
        """
        ...
