from ..._core import OpenStrEnum, reader


class ListGroupReservationsShowDeleted(OpenStrEnum):
    """ListGroupReservationsShowDeleted"""

    FALSE = "false"
    TRUE = "true"


read = reader(ListGroupReservationsShowDeleted)
