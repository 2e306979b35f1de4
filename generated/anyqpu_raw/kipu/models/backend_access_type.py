from ..._core import OpenStrEnum, reader


class BackendAccessType(OpenStrEnum):
    """Access/billing model of a backend. `pay-per-use` backends charge per job/shot; `token-based` backends
    require a pre-allocated provider-side token quota."""

    FREE = "FREE"
    PAY_PER_USE = "PAY_PER_USE"
    PREPAID = "PREPAID"
    TOKEN_BASED = "TOKEN_BASED"


read = reader(BackendAccessType)
