"""Scripts of other sites can read only what old services and some vendors open to them."""

from __future__ import annotations

from django.test import override_settings

from .test_access import ROWS
from .world import WorldTestCase

ORIGIN = "https://elsewhere.example"
ALLOWED = "Access-Control-Allow-Origin"
# Addresses of three old services and two vendors that answer every origin.
OLD_ADDRESSES = {
    "/guessed-key",
    "/image_label",
    "/api/ocr/",
    "/api/history/",
    "/api/register/",
    "/api/token_obtain_pair/",
    "/api/token_refresh/",
    "/parse/image",
    "/parse/imageurl",
    "/v1/images:annotate",
    "/v1/files:annotate",
}


class OtherOriginTests(WorldTestCase):
    def ask(self, method: str, path: str):
        headers = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
        return getattr(self.client, method)(path, headers=headers)

    def addresses(self) -> list[str]:
        filled = {row.path.format(**self.names).partition("?")[0] for row in ROWS}
        return [*sorted(filled), "/admin/", "/nothing/here/"]

    def opened(self, method: str) -> set[str]:
        """The addresses whose answers a browser passes to scripts of the other site."""
        return {path for path in self.addresses() if self.ask(method, path).get(ALLOWED)}

    def test_only_the_old_addresses_are_open(self) -> None:
        for method in ("options", "get"):
            self.assertEqual(self.opened(method), OLD_ADDRESSES)

    @override_settings(COMPAT_CORS=False)
    def test_one_switch_closes_these_too(self) -> None:
        for method in ("options", "get"):
            self.assertEqual(self.opened(method), set())

    @override_settings(COMPAT_CORS=False, CORS_ALLOWED_ORIGINS=[ORIGIN])
    def test_origins_of_the_list_may_call_the_api_and_never_the_pages_of_the_account(self) -> None:
        for path in ("/api/jobs/", "/api/keys/", "/parse/image"):
            self.assertEqual(self.ask("options", path)[ALLOWED], ORIGIN)
        for path in ("/account/", "/account/login/", "/admin/"):
            self.assertNotIn(ALLOWED, self.ask("get", path), path)

    def test_old_addresses_are_open_however_they_are_written(self) -> None:
        for path in ("/api/ocr", "/api/ocr.json", "/api/history?page=2"):
            self.assertEqual(self.ask("options", path)[ALLOWED], ORIGIN, path)

    def test_old_clients_may_send_their_credentials_but_no_cookies(self) -> None:
        answer = self.ask("options", "/api/ocr/")
        allowed = answer["Access-Control-Allow-Headers"].split(", ")
        self.assertLessEqual({"authorization", "x-api-key", "api-key"}, set(allowed))
        for path in OLD_ADDRESSES:
            self.assertNotIn("Access-Control-Allow-Credentials", self.ask("get", path), path)
