from ..._core import OpenStrEnum, reader


class BillingPriceTiersMode(OpenStrEnum):
    """Defines if the tiering price should be `graduated` or `volume` based. In `volume`-based tiering, the maximum
    quantity within a period determines the per unit price, in `graduated` tiering pricing can successively
    change as the quantity grows."""

    GRADUATED = "graduated"
    VOLUME = "volume"


read = reader(BillingPriceTiersMode)
