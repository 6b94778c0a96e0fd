"""The recognizing process: whatever it does, its worker gets an answer or a specific error."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from app.engines.base import EngineConfig
from app.logs import log_context
from app.ocr.errors import EngineCrashed, OcrError
from app.ocr.images import SourceFile
from app.ocr.options import Options
from app.ocr.picture_sizes import Drawing
from app.services.jobs.execution.lease import CancelRequested
from app.worker.process import ProcessConfig, RecognizerProcess

FILE = SourceFile(Path(__file__), "application/pdf")


@pytest.fixture
def process(request):
    config = ProcessConfig(
        engine=EngineConfig(),
        recognizer="app.tests.worker.hostile.HostileRecognizer",
        page_seconds=getattr(request, "param", 30),
        memory_mb=4096,
    )
    process = RecognizerProcess(config)
    yield process
    process.kill()


def recognize(process, fault=""):
    return process.recognize(FILE, 7, Options(whitelist=fault))


def test_page_crosses_the_pipe_unchanged(process):
    page = recognize(process)
    assert (page.number, page.text, page.languages) == (7, "page 7", ("eng",))
    assert process.page_numbers(FILE, Options(pages="3")) == (1, 2, 3)
    pictures = process.previews(FILE, 2, rotation=0, size=(900, 3600))
    assert pictures == [b"page 2, thumbnail", b"page 2, strip 1", b"page 2, strip 2"]


def test_picture_files_have_one_page_without_asking_the_process(process):
    picture = replace(FILE, media_type="image/png")
    assert process.page_numbers(picture, Options(pages="1-")) == (1,)
    assert process.pid is None
    with pytest.raises(OcrError):
        process.page_numbers(picture, Options(pages="2"))


def test_pictures_are_those_of_the_page_that_was_read_last(process):
    first = process.recognize(FILE, 1, Options(), drawing=Drawing.IF_DECODED)
    assert process.take_pictures() == (first, [b"page 1, thumbnail", b"page 1, strip 1"])
    assert process.take_pictures() is None
    process.recognize(FILE, 2, Options(), drawing=Drawing.ALWAYS)
    assert process.recognize(FILE, 3, Options()).number == 3
    assert process.take_pictures() is None


def test_page_whose_picture_kills_the_process_was_read(process):
    process.config = replace(process.config, recognizer="app.tests.worker.hostile.BlindRecognizer")
    assert process.recognize(FILE, 1, Options(), drawing=Drawing.ALWAYS).number == 1
    with pytest.raises(EngineCrashed):
        process.take_pictures()
    assert recognize(process).number == 7


@pytest.mark.parametrize(("idle", "read_on"), [(1, "1 of 3"), (2, "2 of 3"), (8, "3 of 3")])
def test_page_takes_idle_cores_as_far_as_it_may(idle, read_on):
    config = ProcessConfig(
        EngineConfig(cores=3), "app.tests.worker.hostile.CountingRecognizer", 30, 0
    )
    process = RecognizerProcess(config)
    try:
        assert process.recognize(FILE, 1, Options(), cores=idle).text == read_on
    finally:
        process.kill()


def test_engine_that_cannot_be_loaded_in_advance_is_no_end(capfd):
    recognizer = "app.tests.worker.hostile.UnpreparedRecognizer"
    process = RecognizerProcess(ProcessConfig(EngineConfig(), recognizer, 30, 0))
    try:
        assert recognize(process).text == "page 7"
    finally:
        process.kill()
    assert "could not be loaded in advance" in capfd.readouterr().err


def test_lines_that_the_process_logs_name_the_job(process, capfd):
    recognize(process)
    with log_context(job_id="j1"), pytest.raises(OcrError):
        recognize(process, "bug")
    logged = capfd.readouterr().err
    assert "recognize failed job_id=j1" in logged
    assert "ZeroDivisionError" in logged


def test_errors_of_the_domain_arrive_as_they_were_and_the_process_lives_on(process):
    recognize(process)
    pid = process.pid
    with pytest.raises(OcrError) as caught:
        recognize(process, "refuse")
    assert (caught.value.code, caught.value.message) == ("unreadable_image", "Not a picture.")
    with pytest.raises(OcrError) as caught:
        recognize(process, "bug")
    assert caught.value.code == "engine_failed"
    assert recognize(process).number == 7
    assert process.pid == pid


def test_memory_beyond_the_limit_is_an_error_and_not_the_machines_end(process):
    with pytest.raises(OcrError) as caught:
        recognize(process, "memory")
    assert caught.value.code == "out_of_memory"


@pytest.mark.parametrize("fault", ["exit", "segfault"])
def test_crash_is_reported_and_the_next_page_gets_a_new_process(process, fault):
    with pytest.raises(EngineCrashed):
        recognize(process, fault)
    assert recognize(process).text == "page 7"


def test_crash_between_pages_is_noticed_at_the_next_one(process):
    recognize(process)
    os.kill(process.pid, signal.SIGKILL)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # the worker has to notice
    assert recognize(process).text == "page 7"


@pytest.mark.parametrize("process", [0.5], indirect=True)
@pytest.mark.parametrize("fault", ["hang", "stubborn"])
def test_page_beyond_its_time_is_killed(process, fault):
    with pytest.raises(OcrError) as caught:
        recognize(process, fault)
    assert caught.value.code == "page_timeout"
    assert process.pid is None


@pytest.mark.parametrize("fault", ["no JSON", "no object", "too long"])
def test_answer_that_is_no_message_is_a_crash(process, fault):
    with pytest.raises(EngineCrashed):
        recognize(process, fault)
    assert recognize(process).text == "page 7"


@pytest.mark.parametrize("process", [0.5], indirect=True)
@pytest.mark.parametrize("fault", ["half", "trickle"])
def test_answer_that_does_not_end_is_killed(process, fault):
    with pytest.raises(OcrError) as caught:
        recognize(process, fault)
    assert caught.value.code == "page_timeout"
    assert process.pid is None


def test_heartbeat_can_stop_the_page_under_way(process):
    def stop():
        raise CancelRequested

    process.start()
    pid, process.watch = process.pid, stop
    with pytest.raises(CancelRequested):
        recognize(process, "hang")
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_process_knows_no_secrets(process, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "do not pass on")
    process.start()
    recognize(process)
    environment = Path(f"/proc/{process.pid}/environ").read_bytes()
    assert b"SECRET_KEY" not in environment
    assert b"OMP_THREAD_LIMIT=1" in environment


def test_child_module_loads_no_django():
    script = "import sys, app.worker.child; print([n for n in sys.modules if 'django' in n])"
    output = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    assert output.strip() == "[]"


PARENT = """
import sys, time, django
django.setup()
from app.engines.base import EngineConfig
from app.worker.process import ProcessConfig, RecognizerProcess
process = RecognizerProcess(ProcessConfig(EngineConfig(), {name!r}, 30, 0))
process.start()
print(process.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is only on Linux")
def test_process_dies_with_its_worker():
    script = PARENT.format(name="app.tests.worker.hostile.HostileRecognizer")
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as parent:
        pid = int(parent.stdout.readline())
        time.sleep(1)  # until the child has asked the kernel for it
        parent.kill()
    for _ in range(1200):
        if not _runs(pid):
            return
        time.sleep(0.05)
    pytest.fail("the recognizing process outlived its worker")


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False
