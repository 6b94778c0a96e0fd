from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import jwt
from django.contrib.auth.models import User
from django.test import override_settings
from rest_framework.validators import UniqueValidator

from app.api.tokens import AccessToken, RefreshToken
from app.exports.base import ExportOptions
from app.models import Job, Upload
from app.services.history import exports
from app.tests.base import SiteTestCase
from app.tests.factories import PASSWORD, draw_pictures, make_job

OLD_INVALID = "Token is invalid or expired"


class RegisterTests(SiteTestCase):
    def register(self, **fields):
        return self.client.post("/api/register/", fields)

    def test_register_answers_as_the_old_service(self):
        response = self.register(username="dora", password=PASSWORD, email="dora@example.org")
        self.assertEqual((response.status_code, response.json()), (200, {"msg": "OK"}))
        self.assertTrue(User.objects.get(username="dora").check_password(PASSWORD))

    def test_weak_password_is_refused_with_every_reason(self):
        response = self.register(username="dora", password="1234")
        self.assertEqual(response.status_code, 400)
        self.assertGreaterEqual(len(response.json()["password"]), 2)
        self.assertFalse(User.objects.filter(username="dora").exists())

    def test_field_errors_use_the_old_words(self):
        taken = self.register(username="alice", password=PASSWORD).json()
        self.assertEqual(taken["username"], ["A user with that username already exists."])
        missing = self.register().json()
        self.assertEqual(missing["username"], ["This field is required."])
        self.assertEqual(missing["password"], ["This field is required."])
        bad = self.register(username="a b", password=PASSWORD, email="nowhere").json()
        self.assertEqual(bad["email"], ["Enter a valid email address."])

    def test_nobody_gets_the_name_of_another_in_other_letters(self):
        """Full-width letters and capitals: sign-in treats them as equal."""
        for name in ("\uff41lice", "Alice", "ALICE"):
            answers = [
                self.register(username=name, password=PASSWORD),
                self.api(self.charlie).patch("/api/me/", {"username": name}),
            ]
            for answer in answers:
                with self.subTest(name, path=answer.request["PATH_INFO"]):
                    self.assertEqual(answer.status_code, 400, answer.content)
                    self.assertIn("already exists", answer.json()["username"][0])

    def test_name_that_somebody_else_takes_meanwhile(self):
        with patch.object(UniqueValidator, "__call__"):
            registered = self.register(username=self.alice.username, password=PASSWORD)
            renamed = self.api(self.charlie).patch("/api/me/", {"username": "alice"})
        for response in (registered, renamed):
            self.assertEqual(response.status_code, 400)
            self.assertEqual(list(response.json()), ["username"])

    def test_name_is_stored_as_django_compares_it(self):
        self.register(username="\uff44ora", password=PASSWORD)
        self.assertTrue(User.objects.filter(username="dora").exists())
        again = self.api(self.charlie).patch("/api/me/", {"username": "CHARLIE"})
        self.assertEqual(again.json()["username"], "CHARLIE")

    @override_settings(REGISTRATION_OPEN=False)
    def test_closed_registration(self):
        response = self.register(username="dora", password=PASSWORD)
        self.assertEqual(response.status_code, 403)
        self.assertEqual(response.json()["code"], "registration_closed")


class TokenTests(SiteTestCase):
    def pair(self) -> dict[str, str]:
        body = {"username": "alice", "password": PASSWORD}
        response = self.client.post("/api/token_obtain_pair/", body, "application/json")
        self.assertEqual(response.status_code, 200, response.content)
        return response.json()

    def get_me(self, token: str):
        return self.client.get("/api/me/", headers={"Authorization": f"Bearer {token}"})

    def test_claims_are_those_of_old_clients(self):
        pair = self.pair()
        claims = jwt.decode(pair["access"], options={"verify_signature": False})
        self.assertEqual(claims["user_id"], self.alice.pk)
        self.assertEqual(claims["token_type"], "access")
        self.assertEqual(jwt.get_unverified_header(pair["access"])["alg"], "HS256")
        self.assertEqual(self.get_me(pair["access"]).json()["username"], "alice")

    def test_refreshed_access_token_works_and_keeps_the_number(self):
        response = self.client.post("/api/token_refresh/", {"refresh": self.pair()["refresh"]})
        access = response.json()["access"]
        claims = jwt.decode(access, options={"verify_signature": False})
        self.assertEqual(claims["user_id"], self.alice.pk)
        self.assertEqual(self.get_me(access).status_code, 200)

    def test_wrong_password(self):
        body = {"username": "alice", "password": "wrong"}
        response = self.client.post("/api/token_obtain_pair/", body)
        self.assertEqual(response.status_code, 401)
        self.assertEqual(
            response.json()["detail"], "No active account found with the given credentials"
        )

    def test_garbage_and_expired_access_tokens(self):
        expired = AccessToken.for_user(self.alice)
        expired.set_exp(lifetime=-timedelta(hours=1))
        for token in ("garbage", str(expired)):
            with self.subTest(token[:10]):
                response = self.get_me(token)
                self.assertEqual(response.status_code, 401)
                self.assertEqual(
                    response.json(),
                    {
                        "detail": "Given token not valid for any token type",
                        "code": "token_not_valid",
                        "messages": [
                            {
                                "token_class": "AccessToken",
                                "token_type": "access",
                                "message": OLD_INVALID,
                            }
                        ],
                    },
                )

    def test_refresh_refuses_what_is_no_refresh_token(self):
        junk = self.client.post("/api/token_refresh/", {"refresh": "junk"})
        self.assertEqual(junk.status_code, 401)
        self.assertEqual(junk.json(), {"detail": OLD_INVALID, "code": "token_not_valid"})
        access = self.client.post("/api/token_refresh/", {"refresh": self.pair()["access"]})
        self.assertEqual(
            access.json(), {"detail": "Token has wrong type", "code": "token_not_valid"}
        )
        missing = self.client.post("/api/token_refresh/", {})
        self.assertEqual(missing.json(), {"refresh": ["This field is required."]})

    def test_refresh_of_a_deleted_account_is_refused(self):
        token = str(RefreshToken.for_user(self.charlie))
        self.charlie.delete()
        response = self.client.post("/api/token_refresh/", {"refresh": token})
        self.assertEqual(response.status_code, 401)

    def test_blacklisted_refresh_token_stops_working(self):
        refresh = self.pair()["refresh"]
        self.assertEqual(
            self.client.post("/api/token_verify/", {"token": refresh}).status_code, 200
        )
        response = self.client.post("/api/token_blacklist/", {"refresh": refresh})
        self.assertEqual(response.status_code, 200)
        for path, field in (("token_refresh", "refresh"), ("token_verify", "token")):
            response = self.client.post(f"/api/{path}/", {field: refresh})
            self.assertEqual(response.status_code, 401, path)

    def test_paths_work_without_slash_and_with_json_suffix(self):
        body = {"username": "alice", "password": PASSWORD}
        for path in ("/api/token_obtain_pair", "/api/token_obtain_pair.json"):
            self.assertEqual(self.client.post(path, body).status_code, 200, path)


class MeTests(SiteTestCase):
    def test_me_needs_a_login(self):
        self.assertEqual(self.client.get("/api/me/").status_code, 401)

    def test_change_of_name_and_password(self):
        api = self.api(self.alice)
        self.assertEqual(api.patch("/api/me/", {"first_name": "Alice"}).status_code, 200)
        refused = api.patch("/api/me/", {"password": "a new long secret", "current_password": "no"})
        self.assertEqual(refused.status_code, 400)
        self.assertIn("current_password", refused.json())
        change = {"password": "a new long secret", "current_password": PASSWORD}
        self.assertEqual(api.patch("/api/me/", change).status_code, 200)
        self.alice.refresh_from_db()
        self.assertEqual(self.alice.first_name, "Alice")
        self.assertTrue(self.alice.check_password("a new long secret"))

    def test_nobody_makes_themselves_staff(self):
        self.api(self.alice).patch("/api/me/", {"is_staff": True, "username": "alice"})
        self.alice.refresh_from_db()
        self.assertFalse(self.alice.is_staff)

    def test_deleting_the_account_erases_its_data_and_files_only(self):
        own, others = make_job(self.alice), make_job(self.charlie)
        for job in (own, others):
            draw_pictures(job)
            exports.render(job=job, format="txt", options=ExportOptions())
        with self.captureOnCommitCallbacks(execute=True):
            self.assertEqual(self.api(self.alice).delete("/api/me/").status_code, 204)
        left = [str(path) for path in Path(self.media).rglob("*") if path.is_file()]
        self.assertEqual(len(left), 4)  # the file, two pictures and the text
        for path in left:
            self.assertRegex(path, f"{others.pk}|{others.upload.pk}")
        self.assertFalse(User.objects.filter(username="alice").exists())
        self.assertEqual(list(Job.objects.all()), [others])
        self.assertEqual(Upload.objects.count(), 1)
