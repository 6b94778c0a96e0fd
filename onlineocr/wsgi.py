"""Entry point of WSGI servers."""

import os

from django.core.wsgi import get_wsgi_application

from app.http.wsgi_bodies import RequestBodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onlineocr.settings")

application = get_wsgi_application()

try:
    import uwsgi
except ImportError:
    pass  # another server, which gathers chunked bodies itself
else:
    application = RequestBodies(application, uwsgi.chunked_read)
