"""An invalid setting gives one line that names it and the valid values."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from app.checks import check_engines
from app.services.engine_settings import engine_config
from onlineocr import env


@pytest.mark.parametrize(
    ("read", "value", "hint"),
    [
        (env.env_int, "two", "must be a whole number"),
        (env.env_int, "-1", "must be a whole number"),
        (env.env_bool, "ture", "must be true or false"),
        (env.env_time_zone, "Mars/Olympus", "Europe/Berlin"),
        (env.env_networks, "10.0.0.1/8", "10.0.0.0/8"),
        (lambda name, default: env.env_dict(name), "paddleocr", "name=value"),
        (env.env_database, "secret", "postgres://"),
        (env.env_database, "mysql://u:secret@host/name", "postgres://"),
        (env.env_cache, "secret://host", "redis://"),
        (env.env_email, "http://secret", "smtp+tls://"),
    ],
)
def test_a_wrong_value_is_named_with_what_would_be_right(monkeypatch, read, value, hint):
    monkeypatch.setenv("SOME", value)
    with pytest.raises(ImproperlyConfigured, match="SOME") as caught:
        read("SOME", None)
    assert hint in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_choice_lists_the_others(monkeypatch):
    monkeypatch.setenv("SOME", "xml")
    with pytest.raises(ImproperlyConfigured, match="SOME is 'xml'; it must be one of line, json"):
        env.env_choice("SOME", "line", "json")


def test_a_number_below_the_least_is_refused(monkeypatch):
    monkeypatch.setenv("SOME", "0")
    assert env.env_int("SOME", 5) == 0
    with pytest.raises(ImproperlyConfigured, match="SOME is '0'"):
        env.env_int("SOME", 5, least=1)


def test_an_empty_value_counts_as_none(monkeypatch):
    monkeypatch.setenv("SOME", " ")
    assert env.env_int("SOME", 5) == 5
    assert env.env_bool("SOME", True) is True
    assert env.env_str("SOME", "eng") == "eng"
    assert env.env_list("SOME", ["localhost"]) == ["localhost"]
    assert env.env_database("SOME", "sqlite:////data/site")["NAME"] == "/data/site"


def test_words_for_yes_and_no(monkeypatch):
    for value, expected in {"True": True, "1": True, "off": False, "FALSE": False}.items():
        monkeypatch.setenv("SOME", value)
        assert env.env_bool("SOME", not expected) is expected


def test_spaces_after_commas_do_not_count(monkeypatch):
    monkeypatch.setenv("SOME", "a.example.org, b.example.org,")
    assert env.env_list("SOME") == ["a.example.org", "b.example.org"]


def test_a_secret_is_not_the_line_break_after_it(monkeypatch, tmp_path):
    path = tmp_path / "secret"
    path.write_text("$ecret\n")
    monkeypatch.setenv("SOME_FILE", str(path))
    assert env.env_str("SOME") == "$ecret"


def test_a_secret_whose_file_is_not_there_is_named(monkeypatch):
    monkeypatch.setenv("LOST_FILE", "/proc/nowhere")
    with pytest.raises(ImproperlyConfigured, match="LOST_FILE"):
        env.env_str("LOST")


def test_a_data_folder_that_cannot_be_made_is_named():
    with pytest.raises(ImproperlyConfigured, match=r"DATA_DIR.*/proc/nowhere"):
        env.secret_key(Path("/proc/nowhere/secret_key"))


def test_languages_that_are_none_are_an_error_of_the_checks(settings):
    engine_config.cache_clear()
    settings.OCR_LANGUAGES = "eng, ??"
    try:
        (error,) = check_engines()
    finally:
        engine_config.cache_clear()
    assert error.msg.startswith("OCR_LANGUAGES: “??”")


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", *arguments],
        env={**os.environ, **environment},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WORKERS", "two"),
        ("OCR_ENGINE", "tesserract"),
        ("DATA_DIR", "/proc/nowhere"),
        ("SENTRY_DSN", "sentry.example.org"),
    ],
)
def test_commands_say_what_is_wrong_without_a_traceback(name, value):
    refused = manage("check", **{name: value})
    assert refused.returncode == 1
    assert name in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_commands_say_that_the_database_cannot_be_opened(tmp_path):
    missing = tmp_path / "missing" / "site.sqlite3"
    refused = manage("migrate", "--check", DATABASE_URL=f"sqlite:///{missing}")
    assert refused.returncode == 1
    assert "DATABASE_URL" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_data_are_where_the_setting_says_whatever_the_folder_is_called(tmp_path):
    folder = tmp_path / "100% a+b ?"
    folder.mkdir()
    assert manage("migrate", "-v0", "--skip-checks", DATA_DIR=str(folder)).stderr == ""
    assert (folder / "onlineocr.sqlite3").exists()


def test_relative_data_folder_starts_at_the_project():
    shown = manage("diffsettings", DATA_DIR="app/tests", SECRET_KEY="of the test").stdout
    assert f"DATA_DIR = {settings.BASE_DIR / 'app' / 'tests'!r}" in shown


def test_names_of_settings_that_were_dropped_are_ignored():
    assert manage("check", LEASE_SECONDS="soon", SYNC_WAITING="-1").returncode == 0
