from ..._core import OpenStrEnum


class BackendName(OpenStrEnum):
    """An enumeration."""

    DIGITAL = "digital"
    EMU_C = "emu_c"
    PULSER_BASIC = "pulser_basic"
    PYQ = "pyq"
    PYQTORCH = "pyqtorch"
