"""Entry point of WSGI servers."""

import os

from django.core.wsgi import get_wsgi_application

from app.http.bodies.wsgi import RequestBodies
from app.services.operations.metrics import patch_prometheus

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onlineocr.settings")

application = get_wsgi_application()
patch_prometheus()

try:
    import uwsgi
except ImportError:
    pass  # another server, which decodes chunked bodies itself
else:
    application = RequestBodies(application, uwsgi.chunked_read)
