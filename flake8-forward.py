"""``python -m flake8-forward``, which is how nbQA starts the command of that name."""

import sys

from flake8_forward.command.main import main

if __name__ == "__main__":
    sys.exit(main())
