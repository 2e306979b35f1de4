from ..._core import OpenStrEnum, reader


class WorkloadResponseType(OpenStrEnum):
    """Kind of quantum workload. JOB is a single-execution quantum job; SESSION groups multiple related jobs."""

    JOB = "JOB"
    SESSION = "SESSION"


read = reader(WorkloadResponseType)
