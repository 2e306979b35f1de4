from ..._core import OpenStrEnum, reader


class BackendStateInfoStatus(OpenStrEnum):
    """Operational state of a quantum backend. ONLINE: processing submitted jobs and accepting new ones. PAUSED:
    accepting jobs but not currently processing them. OFFLINE: not accepting new jobs (e.g. maintenance).
    RETIRED: no longer available. UNKNOWN: state could not be determined."""

    OFFLINE = "OFFLINE"
    ONLINE = "ONLINE"
    PAUSED = "PAUSED"
    RETIRED = "RETIRED"
    UNKNOWN = "UNKNOWN"


read = reader(BackendStateInfoStatus)
