from ..._core import OpenStrEnum, reader


class ListReservationsShowDeleted(OpenStrEnum):
    """ListReservationsShowDeleted"""

    FALSE = "false"
    TRUE = "true"


read = reader(ListReservationsShowDeleted)
