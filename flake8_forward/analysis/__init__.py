"""What rules ask about methods and classes."""
