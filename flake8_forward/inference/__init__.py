"""What an expression is, as far as the source of the project tells."""
