"""Calibrated confidence of words."""

from .calibration import calibrated

__all__ = ["calibrated"]
