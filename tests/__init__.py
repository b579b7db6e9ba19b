"""The tests: what each layer promises, and what a member sees in a real browser."""
