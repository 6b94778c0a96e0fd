"""Engines, languages and export formats of this site."""

from __future__ import annotations

from rest_framework import serializers


class EngineSerializer(serializers.Serializer):
    name = serializers.CharField()
    title = serializers.CharField()
    available = serializers.BooleanField()
    reason = serializers.CharField(help_text="Why it is not available and how to add it.")
    languages = serializers.ListField(child=serializers.CharField())


class LanguageSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="Tesseract's code.")
    name = serializers.CharField(help_text="In English.")
    native_name = serializers.CharField()
    engines = serializers.ListField(child=serializers.CharField())
    how_to_add = serializers.CharField()


class FormatSerializer(serializers.Serializer):
    name = serializers.CharField()
    title = serializers.CharField()
    media_type = serializers.CharField()
    extension = serializers.CharField()
