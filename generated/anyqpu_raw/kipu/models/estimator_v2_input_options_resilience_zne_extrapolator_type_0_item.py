from ..._core import OpenStrEnum, reader


class EstimatorV2InputOptionsResilienceZneExtrapolatorType0Item(OpenStrEnum):
    """EstimatorV2InputOptionsResilienceZneExtrapolatorType0Item"""

    DOUBLE_EXPONENTIAL = "double_exponential"
    EXPONENTIAL = "exponential"
    FALLBACK = "fallback"
    LINEAR = "linear"
    POLYNOMIAL_DEGREE_1 = "polynomial_degree_1"
    POLYNOMIAL_DEGREE_2 = "polynomial_degree_2"
    POLYNOMIAL_DEGREE_3 = "polynomial_degree_3"
    POLYNOMIAL_DEGREE_4 = "polynomial_degree_4"
    POLYNOMIAL_DEGREE_5 = "polynomial_degree_5"
    POLYNOMIAL_DEGREE_6 = "polynomial_degree_6"
    POLYNOMIAL_DEGREE_7 = "polynomial_degree_7"


read = reader(EstimatorV2InputOptionsResilienceZneExtrapolatorType0Item)
