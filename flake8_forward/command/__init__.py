"""The command ``flake8-forward``: lints, fixes and explains, with this plugin only."""

NAME = "flake8-forward"


class UsageError(Exception):
    """The user's request cannot be carried out; the message is one sentence."""
