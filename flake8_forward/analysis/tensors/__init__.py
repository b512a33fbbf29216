"""Which values are tensors, and what becomes of them."""
