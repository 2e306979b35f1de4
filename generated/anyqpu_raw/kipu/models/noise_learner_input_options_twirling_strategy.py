from ..._core import OpenStrEnum, reader


class NoiseLearnerInputOptionsTwirlingStrategy(OpenStrEnum):
    """The strategy of twirling qubits in identified layers of 2-qubit twirled gates"""

    ACTIVE = "active"
    ACTIVE_ACCUM = "active-accum"
    ACTIVE_CIRCUIT = "active-circuit"
    ALL = "all"


read = reader(NoiseLearnerInputOptionsTwirlingStrategy)
