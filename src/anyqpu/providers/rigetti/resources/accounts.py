"""Accounts: the user of the client's token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anyqpu._lazy import LazyModule
from anyqpu.core.memory import Memory

if TYPE_CHECKING:
    from anyqpu_raw.rigetti.client import RawClient

    from anyqpu.core.context import Context
    from anyqpu.providers.rigetti import account_mapping
    from anyqpu.providers.rigetti.records import User
else:
    account_mapping = LazyModule("anyqpu.providers.rigetti.account_mapping")

# A token may be replaced by one of another user, but not often.
USER_SECONDS = 3600.0


class Accounts:
    """The account of the client's token."""

    def __init__(self, context: Context[RawClient]) -> None:
        self._raw = context.raw
        self._user_ids = Memory[str](context.clock, seconds=USER_SECONDS)

    async def user(self) -> User:
        """Return the user of the client's token (AuthGetUser)."""
        return account_mapping.user_of(await self._raw.auth_get_user())

    async def user_id(self) -> str:
        """Return the identifier of the user of the client's token (AuthGetUser, once an hour)."""

        async def fetch() -> str:
            return (await self.user()).id

        return await self._user_ids.look_up("user", fetch)
