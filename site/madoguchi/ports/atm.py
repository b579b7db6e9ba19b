"""What we need of the ATM network."""
