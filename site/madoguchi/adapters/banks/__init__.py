"""Banks: the demo's own, and files that a real one takes."""
