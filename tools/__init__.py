"""Set-up and checking tools: plain standard library, run before anything is installed."""
