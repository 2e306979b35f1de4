"""Groups: users with an account in common."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from anyqpu_raw.rigetti import models, pages

from anyqpu._lazy import LazyModule
from anyqpu.core.arguments import checked_text
from anyqpu.errors import ValidationError
from anyqpu.paging import Pager, paginate
from anyqpu.providers.rigetti.arguments import PROVIDER, checked_id

if TYPE_CHECKING:
    from anyqpu_raw.rigetti.client import RawClient

    from anyqpu.core import reading
    from anyqpu.core.context import Context
    from anyqpu.providers.rigetti import account_mapping, records
    from anyqpu.providers.rigetti.records import Group, User
    from anyqpu.providers.rigetti.resources.accounts import Accounts
else:
    reading = LazyModule("anyqpu.core.reading")
    account_mapping = LazyModule("anyqpu.providers.rigetti.account_mapping")
    records = LazyModule("anyqpu.providers.rigetti.records")

RequestT = TypeVar("RequestT", models.AddGroupUserRequest, models.RemoveGroupUserRequest)


class Groups:
    """Groups and their members. `rigetti.groups()` is short for `rigetti.groups.list()`."""

    def __init__(self, context: Context[RawClient], accounts: Accounts) -> None:
        self._raw = context.raw
        self._user_id = accounts.user_id

    def list(
        self, *, user: str | None = None, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[Group]:
        """List the groups that a user belongs to; without `user` that of the token (ListUserGroups)."""
        if user is not None:
            checked_id(user, "user", "00u1a2b3c4")

        async def fetch(**page: Any) -> models.ListGroupsResponse:
            return await self._raw.list_user_groups(user or await self._user_id(), **page)

        return paginate(
            fetch,
            pages.LIST_USER_GROUPS,
            to_items=lambda groups: reading.read_each(PROVIDER, groups, account_mapping.group_of),
            page_size=page_size,
            resume_token=resume_token,
            name="ListGroups",
        )

    __call__ = list

    def members(
        self, group: str | Group, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[User]:
        """List the users in a group (ListGroupUsers). A change may take up to an hour to be seen."""
        return paginate(
            partial(self._raw.list_group_users, _group_name(group)),
            pages.LIST_GROUP_USERS,
            to_items=lambda users: reading.read_each(PROVIDER, users, account_mapping.user_of),
            page_size=page_size,
            resume_token=resume_token,
        )

    async def add(self, group: str | Group, *, user: str | User | None = None, email: str | None = None) -> None:
        """Add a user to a group, by id or e-mail address (AddGroupUser). It may take up to an hour to be seen.

        Raises:
            NotFoundError: There is no such group or user.
        """
        await self._raw.add_group_user(body=_membership(models.AddGroupUserRequest(), group, user, email))

    async def remove(self, group: str | Group, *, user: str | User | None = None, email: str | None = None) -> None:
        """Remove a user from a group, by id or e-mail address (RemoveGroupUser). It may take up to an hour.

        Raises:
            NotFoundError: There is no such group or user.
        """
        await self._raw.remove_group_user(body=_membership(models.RemoveGroupUserRequest(), group, user, email))


def _group_name(group: str | Group) -> str:
    return checked_id(group.name if isinstance(group, records.Group) else group, "group", "my-group")


def _membership(body: RequestT, group: str | Group, user: str | User | None, email: str | None) -> RequestT:
    """Return a request with the group and the user filled in; raise `ValidationError`."""
    if (user is None) == (email is None):
        raise ValidationError("say which user, by user or by email", provider=PROVIDER, fields=("user", "email"))
    body.group_name = _group_name(group)
    if user is not None:
        body.user_id = checked_id(user.id if isinstance(user, records.User) else user, "user", "00u1a2b3c4")
    if email is not None:
        body.user_email = checked_text(email, "email", "ada@example.org", PROVIDER)
    return body
