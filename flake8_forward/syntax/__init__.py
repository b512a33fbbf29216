"""Python's syntax trees: walks, shapes, positions, text; nothing is resolved here."""
