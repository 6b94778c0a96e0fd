"""The site's settings with short leases, so that jobs of dead workers are taken up soon."""

from onlineocr.settings import *  # noqa: F403

LEASE_SECONDS = 10
