"""Write the package of a new provider from its OpenAPI document."""
