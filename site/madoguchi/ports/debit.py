"""What we need of whoever collects direct debits."""
