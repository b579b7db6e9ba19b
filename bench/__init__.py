"""What performance claims rest on: ratios, each measured in one interleaved run on one machine."""
