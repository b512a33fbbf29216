"""What tests, annotations and additions tell about a value beyond its bindings."""
