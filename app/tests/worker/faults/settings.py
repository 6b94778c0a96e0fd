"""The site's settings with an engine that needs no time and short leases."""

from onlineocr.settings import *  # noqa: F403

RECOGNIZER = "app.tests.worker.hostile.HostileRecognizer"
LEASE_SECONDS = 3
# Pauses between crashes grow, so this many crashes outlast all kills of these tests.
JOB_MAX_LOST = 5
REUSE_DAYS = 0
