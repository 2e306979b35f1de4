from ..._core import OpenStrEnum, reader


class DeviceTypeName(OpenStrEnum):
    """Enumeration of allowed and legacy device type names"""

    EMU_C = "EMU_C"
    EMU_FREE = "EMU_FREE"
    EMU_FRESNEL = "EMU_FRESNEL"
    EMU_MPS = "EMU_MPS"
    EMU_SV = "EMU_SV"
    EMU_TN = "EMU_TN"
    FRESNEL = "FRESNEL"
    FRESNEL8 = "FRESNEL8"
    FRESNEL_CAN1 = "FRESNEL_CAN1"
    FRESNEL_RD = "FRESNEL_RD"
    FRESNEL_SA1 = "FRESNEL_SA1"


read = reader(DeviceTypeName)
