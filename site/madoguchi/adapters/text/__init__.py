"""SMS: how codes reach a mobile phone in production; the demo writes them beside its mail."""
