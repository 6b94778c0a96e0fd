from __future__ import annotations

import pytest

from app.web.devices import device_name

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0"
NAMES = {
    f"Mozilla/5.0 (X11; Linux x86_64) {CHROME} Safari/537.36": "Chrome on Linux",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Edg/140.0": "Edge on Windows",
    f"Mozilla/5.0 (Linux; Android 14; SM-S921B) {CHROME} Mobile": "Chrome on Android",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.4 Safari/605.1.15": "Safari on Mac",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) CriOS/140.0.7258.60 Mobile/15E148 Safari/604.1": "Chrome on iPhone",
    "Mozilla/5.0 (Windows NT 10.0; rv:141.0) Gecko/20100101 Firefox/141.0": "Firefox on Windows",
    f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {CHROME} Safari/537.36": "Chrome on ChromeOS",
    "curl/8.5.0": "curl",
    "": "Unknown program",
    "<script>alert(1)</script>": "Unknown program",
}


@pytest.mark.parametrize(("user_agent", "name"), NAMES.items(), ids=list(NAMES.values()))
def test_name_for_people(user_agent, name):
    assert device_name(user_agent) == name
