"""Programs as providers take them: conversions, parameters, packing."""
