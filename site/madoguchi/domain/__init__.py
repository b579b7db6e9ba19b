"""What is true, whoever asks: pure rules of money, days and locks."""
