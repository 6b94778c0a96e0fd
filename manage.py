#!/usr/bin/env python
"""Django's command line for this site."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onlineocr.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, connection

    # What only whoever runs the site can mend needs no traceback.
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
