"""Types of the blocking classes of `anyqpu.providers.rigetti.resources.accounts`. Written by scripts/sync."""

from anyqpu.providers.rigetti.records import User

class Accounts:
    """The account of the client's token."""
    def user(self) -> User:
        """Return the user of the client's token (AuthGetUser)."""
        ...
    def user_id(self) -> str:
        """Return the identifier of the user of the client's token (AuthGetUser, once an hour)."""
        ...
