"""What a terminal shows while each tutorial is followed: made by a program, not typed."""
