from ..._core import OpenStrEnum, reader


class AzureIonqJobInputCircuitItemGate(OpenStrEnum):
    """Gate name"""

    CNOT = "cnot"
    H = "h"
    NOT = "not"
    PAULIEXP = "pauliExp"
    RX = "rx"
    RY = "ry"
    RZ = "rz"
    S = "s"
    SI = "si"
    SWAP = "swap"
    T = "t"
    TI = "ti"
    V = "v"
    VI = "vi"
    X = "x"
    XX = "xx"
    Y = "y"
    YY = "yy"
    Z = "z"
    ZZ = "zz"


read = reader(AzureIonqJobInputCircuitItemGate)
