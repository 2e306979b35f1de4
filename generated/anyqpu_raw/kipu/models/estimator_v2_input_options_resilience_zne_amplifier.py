from ..._core import OpenStrEnum, reader


class EstimatorV2InputOptionsResilienceZneAmplifier(OpenStrEnum):
    """Technique to use for amplifying noise."""

    GATE_FOLDING = "gate_folding"
    GATE_FOLDING_BACK = "gate_folding_back"
    GATE_FOLDING_FRONT = "gate_folding_front"
    PEA = "pea"


read = reader(EstimatorV2InputOptionsResilienceZneAmplifier)
