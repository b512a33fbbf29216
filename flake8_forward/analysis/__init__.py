"""What rules ask about methods and classes: conditions, layers, tensors, uses."""
