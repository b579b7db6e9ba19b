"""What we need of the bank that carries money to members."""
