"""The clinic's settings in tests: a data folder of this process alone, gone when it ends.

Each worker of a parallel run is such a process. What a test starts (a command, a server) reads
the clinic's own settings, in the same folder unless the test names another.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_FOLDER = tempfile.mkdtemp(prefix="unknot-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["UNKNOT_DATA_DIR"] = _FOLDER
os.environ.pop("UNKNOT_DEBUG", None)

from unknot.clinic.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests sign in often

for one in DATABASES.values():  # noqa: F405
    one.get("OPTIONS", {}).pop("pool", None)  # tests open and drop databases; servers have theirs

os.environ["UNKNOT_DEBUG"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "unknot.clinic.settings"
