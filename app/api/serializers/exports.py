"""Options of exports, as query parameters."""

from __future__ import annotations

from dataclasses import fields

from rest_framework import serializers

from app.exports.base import CONTENTS, LAYOUTS, SCHEMAS, ExportOptions


class ExportOptionsSerializer(serializers.Serializer):
    """Formats ignore the options that do not concern them."""

    layout = serializers.ChoiceField(
        LAYOUTS, default="text", help_text="Paragraphs, plain lines, or rows kept side by side."
    )
    join_paragraphs = serializers.BooleanField(
        default=False, help_text="Make each paragraph one line."
    )
    join_hyphens = serializers.BooleanField(
        default=False, help_text="Join words that are hyphenated at the end of a line."
    )
    pdfa = serializers.BooleanField(default=False, help_text="PDF/A-2b instead of plain PDF.")
    furniture = serializers.BooleanField(
        default=False, help_text="Running heads and feet and page numbers in docx, md and html too."
    )
    schema = serializers.ChoiceField(
        SCHEMAS, default=SCHEMAS[0], help_text="Version of the JSON: 1 has no cells."
    )
    content = serializers.ChoiceField(
        CONTENTS, default=CONTENTS[0], help_text="Rows of csv: cells of tables, or lines of text."
    )
    join_tables = serializers.BooleanField(
        default=False, help_text="In csv and xlsx a table that goes on over pages is one."
    )
    table = serializers.CharField(
        default="", max_length=12, help_text="Of csv and xlsx only this table: `3.1` on page 3."
    )
    lossless = serializers.BooleanField(
        default=False, help_text="Pictures of figures as PNG instead of JPEG."
    )

    def options(self) -> ExportOptions:
        values = self.validated_data
        return ExportOptions(**{field.name: values[field.name] for field in fields(ExportOptions)})


class BatchExportSerializer(ExportOptionsSerializer):
    merged = serializers.BooleanField(
        default=False, help_text="One document with all pages instead of a ZIP of files."
    )
