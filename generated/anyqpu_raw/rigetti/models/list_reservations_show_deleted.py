from ..._core import OpenStrEnum


class ListReservationsShowDeleted(OpenStrEnum):
    """ListReservationsShowDeleted"""

    FALSE = "false"
    TRUE = "true"
