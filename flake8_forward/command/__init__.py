"""The command ``flake8-forward``: lints, mends and explains without flake8's rules."""

NAME = "flake8-forward"


class UsageError(Exception):
    """What the user asked for cannot be done; the message is one sentence."""
