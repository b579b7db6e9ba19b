"""What we need to put a paper that the law asks for into a file."""
