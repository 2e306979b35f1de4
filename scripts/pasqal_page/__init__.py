"""The parts that rebuild Pasqal's OpenAPI document from the text of its documentation page."""
