"""Facts about torch and well-known packages, made by scripts from the real ones."""
