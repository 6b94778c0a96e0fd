#!/usr/bin/env python
"""Django's command line for this site."""

import io
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onlineocr.settings")
    # A locale without UTF-8 shows other letters as \u…, instead of ending the command.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, connection

    # Faults of the installation, which its operator can correct, need no traceback.
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Settings (docs/settings.md): {error}")
    except OperationalError as error:
        if connection.connection is not None:
            raise
        sys.exit(f"The database cannot be opened (DATABASE_URL, DATA_DIR): {error}")


if __name__ == "__main__":
    main()
