"""Writes docs/reference/: run it after changing a record, a public name or a command.

python tools/build_reference.py            writes the pages
python tools/build_reference.py --check    exits with 1 and names the pages that are stale
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tools import reference


def main() -> int:
    """Writes or checks. Exit code 1 when a page is stale."""
    parser = argparse.ArgumentParser(description="The reference, written from its sources.")
    parser.add_argument("--check", action="store_true", help="only say what is stale")
    if not parser.parse_args().check:
        reference.write()
        return 0
    names = reference.stale()
    for name in names:
        print(f"docs/reference/{name} is stale: run python tools/build_reference.py")
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
