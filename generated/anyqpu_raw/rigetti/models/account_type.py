from ..._core import OpenStrEnum, reader


class AccountType(OpenStrEnum):
    """There are two types of accounts within QCS: user (representing a single
    user in Okta) and group
    (representing one or more users in Okta)."""

    GROUP = "group"
    USER = "user"


read = reader(AccountType)
