"""What layers carry, who holds them and who registers them."""
