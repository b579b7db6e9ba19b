"""The banks that debit members' accounts: one to play with, and files for a real one."""
