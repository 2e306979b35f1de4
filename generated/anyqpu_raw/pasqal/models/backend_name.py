from ..._core import OpenStrEnum, reader


class BackendName(OpenStrEnum):
    """An enumeration."""

    DIGITAL = "digital"
    EMU_C = "emu_c"
    PULSER_BASIC = "pulser_basic"
    PYQ = "pyq"
    PYQTORCH = "pyqtorch"


read = reader(BackendName)
