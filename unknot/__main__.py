"""``python -m unknot`` is the console command ``unknot``."""

import sys

from .cli import main

sys.exit(main())
