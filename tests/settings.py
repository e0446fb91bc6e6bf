"""The product's own settings, on a throw-away data directory and a database of its own.

SQLite unless `BONPHUONG_TEST_DATABASE_URL` names a PostgreSQL server where databases may be created.
"""

from __future__ import annotations

import atexit
import importlib
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="bonphuong-tests-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
# WhiteNoise warns where its folder is missing; the pages' files themselves come from the packages.
os.mkdir(os.path.join(_data, "static"))  # noqa: PTH102, PTH118
for _name in [name for name in os.environ if name.startswith("BONPHUONG_") and "_TEST_" not in name]:
    # A developer's own settings must not reach the tests, nor the tests their data.
    del os.environ[_name]
os.environ["BONPHUONG_DATA"] = _data
os.environ["BONPHUONG_DATABASE_URL"] = os.environ.get("BONPHUONG_TEST_DATABASE_URL", "")

_product = importlib.import_module("bonphuong.config.settings")
globals().update({name: getattr(_product, name) for name in dir(_product) if name.isupper()})

# Argon2 is slow by design; no test is about guessing passwords.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A file rather than memory: the live server's threads and the concurrency tests need real connections.
DATABASES = _product.DATABASES
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_data, "tests.sqlite3")}  # noqa: PTH118 - Django wants text
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    # Two runs at the same time must not take each other's database; workers share their run's name.
    os.environ.setdefault("BONPHUONG_TEST_RUN", str(os.getpid()))
    DATABASES["default"]["TEST"] = {"NAME": f"test_bonphuong_{os.environ['BONPHUONG_TEST_RUN']}"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
