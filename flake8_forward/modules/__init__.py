"""What is a Module: read from source and bundled facts, never imported."""
