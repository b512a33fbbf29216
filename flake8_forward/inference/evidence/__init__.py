"""Evidence about objects without declaration: uses, callers, docstrings, tests."""
