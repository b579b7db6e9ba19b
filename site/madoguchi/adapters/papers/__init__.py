"""How papers become files."""
