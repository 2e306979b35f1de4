from ..._core import OpenStrEnum, reader


class Product(OpenStrEnum):
    """A kind of event that is billed."""

    QPUJOBCOMPLETION = "qpuJobCompletion"
    QPUJOBTIME = "qpuJobTime"
    RESERVATIONCREATION = "reservationCreation"


read = reader(Product)
