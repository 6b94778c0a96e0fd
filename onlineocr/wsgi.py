"""Entry point of WSGI servers."""

import os

from django.core.wsgi import get_wsgi_application

from .chunked import ChunkedInput

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onlineocr.settings")

application = get_wsgi_application()

try:
    import uwsgi
except ImportError:  # another server, which gives chunked bodies a length itself
    pass
else:
    max_bytes = int(uwsgi.opt["limit-post"])
    application = ChunkedInput(application, uwsgi.chunked_read, max_bytes)
