"""``python -m entnorm`` is the ``entnorm`` command."""

import sys

from entnorm.cli import main

if __name__ == "__main__":
    sys.exit(main())
