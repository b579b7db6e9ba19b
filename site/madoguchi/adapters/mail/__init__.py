"""How mail leaves the house: by SMTP, or into files in the demo."""
