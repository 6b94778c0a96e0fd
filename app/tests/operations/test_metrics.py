from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from unittest import mock

from django.core.management import call_command
from django.test import TestCase, override_settings
from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.parser import text_string_to_metric_families

from app.engines.base import EngineConfig
from app.models import Priority
from app.services.jobs.execution.lease import claim_next
from app.services.jobs.execution.run import run
from app.services.operations.metrics.exposition import exposition
from app.services.operations.worker_heartbeats import WorkerHeartbeat
from app.tests.base import SiteTestCase
from app.tests.factories import image_file
from app.tests.services.jobs.base import QueueTestCase
from app.worker.process import ProcessConfig, RecognizerProcess


def value(name: str, **labels: str) -> float:
    """The sum of the samples of that name with these labels."""
    families = text_string_to_metric_families(exposition().decode())
    return sum(
        sample.value
        for family in families
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )


def test_tests_count_for_themselves():
    """Tests that run at the same time would change the numbers that this file compares."""
    assert "PROMETHEUS_MULTIPROC_DIR" not in os.environ


class AccessTests(TestCase):
    def status(self, **extra) -> int:
        return self.client.get("/metrics", **extra).status_code

    def test_open_to_this_machine_only(self):
        assert self.status(REMOTE_ADDR="127.0.0.1") == 200
        assert self.status(REMOTE_ADDR="192.0.2.7") == 403
        assert self.status(REMOTE_ADDR="") == 403

    def test_a_proxy_on_this_machine_does_not_open_it_to_everybody(self):
        assert self.status(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.7") == 403

    @override_settings(METRICS_TOKEN="let-me-in")
    def test_a_token_opens_it_from_everywhere(self):
        far = {"REMOTE_ADDR": "192.0.2.7"}
        assert self.status(**far, HTTP_AUTHORIZATION="Bearer let-me-in") == 200
        assert self.status(**far, HTTP_AUTHORIZATION="Bearer ") == 403

    def test_without_a_token_an_empty_one_opens_nothing(self):
        assert self.status(REMOTE_ADDR="192.0.2.7", HTTP_AUTHORIZATION="Bearer ") == 403

    @override_settings(METRICS_NETWORKS=["192.0.2.0/24"])
    def test_networks_can_be_named(self):
        assert self.status(REMOTE_ADDR="192.0.2.7") == 200


class RequestTests(TestCase):
    def test_requests_are_counted_by_pattern_and_status(self):
        labels = {"method": "GET", "view": "health-live", "status": "200"}
        counted = value("onlineocr_requests_total", **labels)
        timed = value("onlineocr_request_seconds_count", view="health-live")
        self.client.get("/health/live")
        assert value("onlineocr_requests_total", **labels) == counted + 1
        assert value("onlineocr_request_seconds_count", view="health-live") == timed + 1

    def test_unknown_paths_and_methods_make_no_new_labels(self):
        before = value("onlineocr_requests_total", view="unmatched", method="other")
        self.client.generic("BREW", "/no/such/place/")
        assert value("onlineocr_requests_total", view="unmatched", method="other") == before + 1


class JobTests(QueueTestCase):
    def test_the_queue(self):
        self.submit(self.alice, priority=Priority.BATCH)
        assert value("onlineocr_queue_jobs", priority="batch") == 1
        assert value("onlineocr_queue_jobs", priority="interactive") == 0
        assert value("onlineocr_queue_oldest_seconds") > 0
        assert value("onlineocr_running_jobs") == 0

    def test_workers(self):
        WorkerHeartbeat(slots=3)()
        assert value("onlineocr_workers") == 1
        assert value("onlineocr_worker_slots") == 3

    def test_no_more_queries_with_more_jobs(self):
        for _ in range(3):
            self.submit(self.alice)
        with self.assertNumQueries(5):
            exposition()

    def test_pages_read_and_not_read(self):
        names = ("onlineocr_pages_total", "onlineocr_page_seconds_count")
        read, timed = (value(name, engine="hostile") for name in names)
        refused = value(names[0], outcome="unreadable_image")
        recognizer = "app.tests.worker.hostile.HostileRecognizer"
        process = RecognizerProcess(ProcessConfig(EngineConfig(), recognizer, 60, 0))
        self.addCleanup(process.kill)
        for fault in ("", "refuse"):
            self.submit(self.alice, fault=fault)
            run(claim_next(), process)
        assert value(names[0], engine="hostile", outcome="read") == read + 1
        assert value(names[0], outcome="unreadable_image") == refused + 1
        assert value(names[1], engine="hostile") == timed + 1


class ServedTests(SiteTestCase):
    def test_a_recognition_shows_up(self):
        before = value("onlineocr_jobs_total", status="done")
        with self.captureOnCommitCallbacks(execute=True):
            self.api(self.alice).post("/api/ocr/", {"image": image_file()}, format="multipart")
        assert value("onlineocr_jobs_total", status="done") == before + 1


COUNTING = """
import os, sys
import django
django.setup()
from app.services.operations.metrics import count_page, patch_prometheus
patch_prometheus()
for _ in range(int(sys.argv[1])):
    count_page(engine="tesseract", outcome="read", seconds=0.1)
if sys.argv[2] == "fork":
    forked = os.fork()
    if forked == 0:
        count_page(engine="tesseract", outcome="read", seconds=0.1)
        os._exit(0)
    os.waitpid(forked, 0)
os.kill(os.getpid(), 9)
"""


def count_in_processes(folder, *arguments: str) -> list[int]:
    """Each argument is a process that counts that often, then kills itself; their exit codes."""
    environment = {**os.environ, "RUN_DIR": str(folder)}
    running = [
        subprocess.Popen([sys.executable, "-c", COUNTING, *argument.split()], env=environment)
        for argument in arguments
    ]
    return [process.wait(60) for process in running]


def pages_read(folder: Path) -> float | None:
    registry = CollectorRegistry()
    MultiProcessCollector(registry, folder)
    labels = {"engine": "tesseract", "outcome": "read"}
    return registry.get_sample_value("onlineocr_pages_total", labels)


def test_processes_count_together_across_kills_and_forks_and_leave_no_files_behind(tmp_path):
    for _ in range(2):
        count_in_processes(tmp_path, "5 stay", "7 fork")
    assert pages_read(tmp_path / "metrics") == 2 * (5 + 7 + 1)
    assert len(list((tmp_path / "metrics").glob("counter_*.db"))) <= 3


def test_the_page_shows_what_all_processes_have_counted(tmp_path):
    count_in_processes(tmp_path, "5 stay", "7 stay")
    module = "app.services.operations.metrics"
    program = f"""
import django
django.setup()
from {module} import patch_prometheus
from {module}.exposition import exposition
patch_prometheus()
print(exposition().decode())
"""
    page = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "RUN_DIR": str(tmp_path), "DATA_DIR": str(tmp_path)},
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    samples = [
        sample for family in text_string_to_metric_families(page) for sample in family.samples
    ]
    labels = {"engine": "tesseract", "outcome": "read"}
    assert ("onlineocr_pages_total", labels, 12) in [sample[:3] for sample in samples]


def test_web_servers_and_workers_count_in_shared_files(tmp_path):
    program = "import os, onlineocr.wsgi; print(os.environ['PROMETHEUS_MULTIPROC_DIR'])"
    environment = {**os.environ, "RUN_DIR": str(tmp_path), "DATA_DIR": str(tmp_path)}
    folder = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True, text=True
    ).stdout
    assert folder.strip() == str(tmp_path / "metrics")
    with (
        mock.patch("app.management.commands.worker.patch_prometheus") as patch,
        mock.patch("app.worker.supervisor.Supervisor"),
    ):
        call_command("worker", "--skip-checks")
    patch.assert_called_once()


def test_files_that_a_power_cut_left_half_written_are_given_up(tmp_path):
    count_in_processes(tmp_path, "5 stay")
    metrics_folder = tmp_path / "metrics"
    good = (metrics_folder / "counter_0.db").read_bytes()
    damaged = {0: good[:8] + bytes(len(good) - 8), 3: b"\xff" * 100, 4: b"\0", 5: b"\x7f" * 100}
    for number, content in damaged.items():
        (metrics_folder / f"counter_{number}.db").write_bytes(content)
        (metrics_folder / f"{number}.lock").touch()
    assert count_in_processes(tmp_path, "7 stay") == [-signal.SIGKILL]
    assert pages_read(metrics_folder) == 7


def test_no_room_for_the_files_is_no_reason_to_stop(tmp_path):
    (tmp_path / "metrics").write_text("a file where the folder should be")
    assert count_in_processes(tmp_path, "1 stay") == [-signal.SIGKILL]
