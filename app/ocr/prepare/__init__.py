"""Preparation of an upright page for an engine, and the way back for the engine's boxes.

Steps are pure functions of pixels; recipe.prepare chooses among them by measures of the page.
"""
