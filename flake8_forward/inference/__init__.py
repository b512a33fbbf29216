"""What an expression is, as far as the project's source code tells."""
