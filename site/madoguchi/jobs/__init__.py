"""What the clock starts, and the commands an operator types."""
