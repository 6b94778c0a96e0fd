"""All tables, in place of the seventeen migrations that led to version 2.0.0.

Django counts it as applied where all of those were; 0002_search_index refuses a database in which
only some were.
"""

from __future__ import annotations

from django.conf import settings
from django.db import migrations

from ._accounts import TABLES as ACCOUNTS
from ._batches import TABLES as BATCHES
from ._jobs import TABLES as JOBS
from ._replaced import REPLACED
from ._results import TABLES as RESULTS


class Migration(migrations.Migration):
    initial = True
    replaces = REPLACED
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [*JOBS, *RESULTS, *BATCHES, *ACCOUNTS]
