"""Which bindings reach a point: scopes and the states between their statements."""
