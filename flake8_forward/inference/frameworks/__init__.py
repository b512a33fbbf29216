"""The ways on which code gets at a Module through a framework, or a registry."""
