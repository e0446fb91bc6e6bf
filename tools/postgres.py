"""Finds a PostgreSQL server on this machine where the tests may make databases.

Prints its URL, or one line that says why there is none; the exit status tells the two apart.
"""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path
from urllib.parse import urlencode

import psycopg

SOCKETS = (Path("/var/run/postgresql"), Path("/tmp"))  # noqa: S108 - where PostgreSQL itself puts its sockets
NAME = "bonphuong"


def candidates() -> list[str]:
    """URLs worth a try: each server that listens on a socket here, then the usual port."""
    sockets = [
        path for folder in SOCKETS for path in sorted(folder.glob(".s.PGSQL.*")) if path.suffix[1:].isdigit()
    ]
    found = [
        f"postgresql://{user}@/{NAME}?{urlencode({'host': path.parent, 'port': path.suffix[1:]})}"
        for path in sockets
        for user in dict.fromkeys((getpass.getuser(), "postgres"))
    ]
    return [*found, f"postgresql://{getpass.getuser()}@127.0.0.1:5432/{NAME}"]


def may_create_databases(url: str) -> bool:
    """Whether the server answers within two seconds and the role may create databases there."""
    try:
        # The database of the URL is made by the tests; "postgres" is always there.
        with psycopg.connect(url, dbname="postgres", connect_timeout=2) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def main() -> int:
    """Print the URL of the first server that will do; status 1 when there is none, 2 when the named one fails."""
    named = os.environ.get("BONPHUONG_TEST_POSTGRES_URL", "")
    if named:
        if may_create_databases(named):
            print(named)
            return 0
        print("the server of BONPHUONG_TEST_POSTGRES_URL does not answer or refuses")
        return 2
    for url in candidates():
        if may_create_databases(url):
            print(url)
            return 0
    print("no local server where this user may create databases")
    return 1


if __name__ == "__main__":
    sys.exit(main())
