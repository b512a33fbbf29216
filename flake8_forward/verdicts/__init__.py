"""What is proven of receivers, classes and their definitions of ``__call__``."""
