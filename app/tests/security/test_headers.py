"""Security headers of every kind of answer, for every caller."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from base64 import b64encode

from django.conf import settings
from django.urls import reverse

from app.http.client_address import client_address
from app.models import Batch, BatchItem
from app.services.stored_files import clean_name
from app.tests.base import SiteTestCase
from app.tests.factories import PASSWORD, make_job, text_png

from .world import WorldTestCase

DOCS = ("/docs/", "/redoc/")
# Every kind of answer: page, error page, API, its error, vendor API, download, admin, redirect.
PATHS = (
    "/",
    "/nothing/here/",
    "/history/{job}/",
    "/s/{share}/",
    "/account/login/",
    "/account/",
    "/api/history/",
    "/api/history/{job}/",
    "/api/history/guess/",
    "/api/history/{job}/image/",
    "/api/history/{job}/export/html/",
    "/history/{job}/file/",
    "/history/{job}/export/html/",
    "/image-sync",
    "/admin/login/",
    "/health/ready",
    *DOCS,
)


class EveryAnswerTests(WorldTestCase):
    def answers(self):
        for actor in ("anonymous", "owner"):
            client = self.clients()[actor]()
            for path in PATHS:
                with self.subTest(f"{path} {actor}"):
                    yield path, client.get(path.format(**self.names))

    def test_policy_allows_nothing_inline_but_the_styles_of_two_pages(self):
        for path, response in self.answers():
            policy = response["Content-Security-Policy"]
            self.assertIn("default-src 'none'", policy)
            directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
            inline = [name for name, value in directives.items() if "unsafe" in value]
            self.assertEqual(inline, ["style-src"] if path in DOCS else [])
            self.assertNotRegex(policy, r"\*|https?:")

    def test_types_frames_and_referrers(self):
        for _, response in self.answers():
            self.assertEqual(response["X-Content-Type-Options"], "nosniff")
            self.assertEqual(response["X-Frame-Options"], "DENY")
            self.assertEqual(response["Referrer-Policy"], "same-origin")
            self.assertEqual(response["Cross-Origin-Opener-Policy"], "same-origin")

    def test_files_are_downloads_in_a_sandbox(self):
        owner = self.clients()["owner"]()
        for path in PATHS:
            if "/image/" in path or "/file/" in path or "/export/" in path:
                with self.subTest(path):
                    response = owner.get(path.format(**self.names))
                    self.assertIn("sandbox", response["Content-Security-Policy"])
                    self.assertTrue(response["Content-Disposition"].startswith("attachment"))

    def test_nothing_is_kept_by_browsers_and_proxies(self):
        """Except the uploaded file, in the browser of the session that it is tied to."""
        for path, response in self.answers():
            if response.headers.get("Content-Disposition") and "/export/" not in path:
                self.assertEqual(response["Cache-Control"], "private, max-age=3600")
                self.assertIn("Cookie", response["Vary"])
            else:
                self.assertRegex(response["Cache-Control"], "private.*no-|no-.*private", path)

    def test_other_sites_may_not_read_pages_nor_send_cookies(self):
        for path, response in self.answers():
            self.assertNotIn("Access-Control-Allow-Credentials", response, path)
        for path in ("/", "/history/", "/account/login/", "/admin/login/"):
            response = self.client.get(path, headers={"Origin": "https://evil.example"})
            self.assertNotIn("Access-Control-Allow-Origin", response, path)


class RequestTests(SiteTestCase):
    """A request's claims about itself are not trusted."""

    def test_sign_in_leads_only_to_this_site(self):
        for target in (
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "javascript:1",
        ):
            with self.subTest(target):
                self.client.logout()
                body = {"login": "alice", "password": PASSWORD, "next": target}
                response = self.client.post(reverse("account_login"), body)
                self.assertEqual(response["Location"], "/")

    def test_unknown_host_is_refused(self):
        self.assertEqual(self.client.get("/", headers={"Host": "evil.example"}).status_code, 400)

    def test_forwarded_host_is_not_used_in_links(self):
        make_job(self.alice)
        response = self.api(self.alice).get(
            "/api/history/", headers={"X-Forwarded-Host": "evil.example"}
        )
        self.assertNotIn("evil.example", response.content.decode())

    def test_forwarded_address_counts_only_behind_trusted_proxies(self):
        request = self.client.get("/", headers={"X-Forwarded-For": "192.0.2.1, 192.0.2.2"})
        for proxies, address in ((0, "127.0.0.1"), (1, "192.0.2.2"), (2, "192.0.2.1")):
            with self.settings(TRUSTED_PROXIES=proxies):
                self.assertEqual(client_address(request.wsgi_request), address)

    def test_forwarded_protocol_is_not_believed(self):
        response = self.client.get("/", headers={"X-Forwarded-Proto": "https"})
        self.assertFalse(response.wsgi_request.is_secure())

    def send(self, name):
        body = {"image": b64encode(text_png()).decode(), "name": name}
        self.assertEqual(self.api(self.alice).post("/api/ocr/", body).status_code, 200)

    def test_file_name_cannot_add_a_header(self):
        name = 'a"\r\nSet-Cookie: x=1\r\n\r\n<script>.png'
        self.client.force_login(self.alice)
        self.send(name)
        job = self.alice.jobs.get()
        response = self.client.get(reverse("original", args=[job.pk]))
        self.assertNotIn("Set-Cookie", response)
        self.assertNotIn("\n", response["Content-Disposition"])

    def test_names_lose_paths_and_control_characters(self):
        hostile = ("../../etc/passwd", "..\\..\\boot.ini", "a\x00b.png", "x" * 5000 + ".png")
        for name in hostile:
            clean = clean_name(name)
            self.assertLessEqual(len(clean), 255)
            self.assertTrue(clean.isprintable())
            self.assertNotRegex(clean, r"[/\\]")

    def test_title_is_no_path_for_whoever_unpacks_it(self):
        """Some Windows programs treat backslashes in archives as folders."""
        job = make_job(self.alice, title="..\\..\\evil\N{RIGHT-TO-LEFT OVERRIDE}")
        batch = Batch.objects.create(owner=self.alice, name="..\\evil")
        BatchItem.objects.create(batch=batch, number=1, job=job)
        self.client.force_login(self.alice)
        together = self.client.get(f"/batches/{batch.pk}/export/txt/")
        self.assertIn('filename="evil-txt.zip"', together["Content-Disposition"])
        with zipfile.ZipFile(io.BytesIO(b"".join(together.streaming_content))) as archive:
            self.assertEqual(archive.namelist(), ["evil.txt"])
        alone = self.client.get(reverse("export", args=[job.pk, "txt"]))
        self.assertIn('filename="evil.txt"', alone["Content-Disposition"])

    def test_name_of_a_sender_is_no_path(self):
        self.send("../../x.png")
        stored = self.alice.jobs.get().upload.file.name
        self.assertRegex(stored, r"^uploads/\d{4}/\d\d/\d\d/[0-9a-f-]{36}\.png$")


class CsrfTests(SiteTestCase):
    """A session alone changes nothing: the page's own secret must be sent with it."""

    def setUp(self):
        super().setUp()
        self.browser = self.client_class(enforce_csrf_checks=True)
        self.browser.force_login(self.alice)
        self.job = make_job(self.alice)

    def test_other_sites_cannot_use_the_session(self):
        attempts = (
            ("post", "/api/ocr/"),
            ("delete", f"/api/history/{self.job.pk}/"),
            ("delete", "/api/me/"),
            ("post", "/api/keys/"),
            ("post", reverse("discard", args=[self.job.pk])),
            ("post", reverse("delete-account")),
            ("post", reverse("create-share", args=[self.job.pk])),
            ("post", reverse("usersessions_list")),
        )
        for method, path in attempts:
            with self.subTest(path):
                self.assertEqual(getattr(self.browser, method)(path).status_code, 403)

    def test_cookies_are_kept_from_scripts_and_other_sites(self):
        self.client.post(reverse("account_login"), {"login": "alice", "password": PASSWORD})
        cookie = self.client.cookies["sessionid"]
        self.assertTrue(cookie["httponly"])
        self.assertEqual(cookie["samesite"], "Lax")

    def test_contracts_take_no_session(self):
        response = self.browser.post("/image_label", {}, content_type="application/json")
        self.assertEqual(response.status_code, 401)


def settings_with(**environment: str) -> dict[str, object]:
    """The settings that a site started with this environment would have."""
    names = (
        "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS "
        "SECURE_PROXY_SSL_HEADER CORS_ALLOW_ALL_ORIGINS CORS_ALLOWED_ORIGINS DEBUG "
        "CORS_ALLOW_CREDENTIALS USE_X_FORWARDED_HOST SIMPLE_JWT SOCIALACCOUNT_PROVIDERS "
        "CONTENT_SECURITY_POLICY"
    )
    code = (
        "import json; from django.conf import settings as s;"
        f"print(json.dumps({{n: getattr(s, n, None) for n in {names.split()!r}}}, default=str))"
    )
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    output = subprocess.check_output(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={**kept, "DJANGO_SETTINGS_MODULE": "onlineocr.settings", **environment},
    )
    return json.loads(output)


def test_defaults_trust_nobody():
    values = settings_with()
    assert values["DEBUG"] is False
    assert values["SECURE_PROXY_SSL_HEADER"] is None
    assert not values["CORS_ALLOW_ALL_ORIGINS"]
    assert not values["CORS_ALLOWED_ORIGINS"]
    assert not values["CORS_ALLOW_CREDENTIALS"]
    assert not values["USE_X_FORWARDED_HOST"]
    assert values["SIMPLE_JWT"]["ROTATE_REFRESH_TOKENS"] is False
    assert values["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"] == []


def test_https_makes_cookies_secure_and_browsers_stay():
    values = settings_with(HTTPS="true", TRUST_PROXY="true")
    assert values["SESSION_COOKIE_SECURE"] is True
    assert values["CSRF_COOKIE_SECURE"] is True
    assert values["SECURE_SSL_REDIRECT"] is True
    assert values["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert values["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_rotation_by_settings():
    tokens = settings_with(JWT_ROTATE="true")["SIMPLE_JWT"]
    assert tokens["ROTATE_REFRESH_TOKENS"] is tokens["BLACKLIST_AFTER_ROTATION"] is True


def test_sign_in_through_a_provider_by_settings():
    values = settings_with(OIDC_CLIENT_ID="ocr", OIDC_SERVER_URL="https://id.example/realms/a")
    [app] = values["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]
    assert app["settings"]["server_url"] == "https://id.example/realms/a"
    form_action = values["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"]
    assert form_action == ["'self'", "https://id.example"]
