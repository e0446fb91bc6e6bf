"""`python -m bonphuong …` is the same program as the `bonphuong` command."""

import sys

from bonphuong.config.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
