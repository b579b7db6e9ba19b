"""How the outside is reached; every adapter answers a protocol of ports/."""
