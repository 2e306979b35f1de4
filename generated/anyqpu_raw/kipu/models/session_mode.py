from ..._core import OpenStrEnum, reader


class SessionMode(OpenStrEnum):
    """Whether a session's jobs share the backend in batches or have it to themselves."""

    BATCH = "batch"
    DEDICATED = "dedicated"


read = reader(SessionMode)
