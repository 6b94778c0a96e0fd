from __future__ import annotations

from app.tests.base import SiteTestCase


class NotFoundTests(SiteTestCase):
    def test_api_answers_json_to_everybody(self):
        for path in ("/api/nothing/", "/api/nothing", "/api/", "/api/history/1/"):
            for accept in ("*/*", "text/html", "application/json"):
                with self.subTest(path, accept=accept):
                    answer = self.client.get(path, headers={"Accept": accept})
                    self.assertEqual(answer.status_code, 404)
                    self.assertEqual(answer.json()["code"], "not_found")

    def test_programs_get_json_and_people_the_page(self):
        program = self.client.post("/v1/nothing", headers={"Accept": "application/json"})
        self.assertEqual((program.status_code, program.json()["code"]), (404, "not_found"))
        person = self.client.get("/nothing/here", headers={"Accept": "text/html,*/*;q=0.8"})
        self.assertTemplateUsed(person, "404.html")
        self.assertEqual(person.status_code, 404)

    def test_entry_of_nobody_does_not_name_our_tables(self):
        answer = self.api(self.alice).get("/api/history/00000000-0000-7000-8000-000000000000/")
        self.assertEqual(answer.json(), {"detail": "Not found.", "code": "not_found"})
