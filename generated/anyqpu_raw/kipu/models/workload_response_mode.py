from ..._core import OpenStrEnum, reader


class WorkloadResponseMode(OpenStrEnum):
    """Mode of a session."""

    BATCH = "BATCH"
    DEDICATED = "DEDICATED"


read = reader(WorkloadResponseMode)
