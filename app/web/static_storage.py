"""Static files under names that change with their content."""

from __future__ import annotations

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class ModuleStaticFilesStorage(ManifestStaticFilesStorage):
    """Also rewrites the imports between JavaScript modules, so that no module can be stale."""

    support_js_module_import_aggregation = True
