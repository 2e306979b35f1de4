from ..._core import OpenStrEnum


class ListGroupReservationsShowDeleted(OpenStrEnum):
    """ListGroupReservationsShowDeleted"""

    FALSE = "false"
    TRUE = "true"
