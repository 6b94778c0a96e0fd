"""Tables in API answers: cells by row and column, with the spans that HTML has."""

from __future__ import annotations

from rest_framework import serializers

from .fields import RoundedField


class TablesQuerySerializer(serializers.Serializer):
    page = serializers.IntegerField(
        min_value=1, max_value=10**6, required=False, help_text="Only the tables of this page."
    )


class CellSerializer(serializers.Serializer):
    row = serializers.IntegerField(help_text="From 0.")
    column = serializers.IntegerField(help_text="From 0, where reading starts.")
    row_span = serializers.IntegerField()
    column_span = serializers.IntegerField()
    header = serializers.BooleanField(help_text="It names a column or a row.")
    text = serializers.CharField(help_text="In one line; empty where nothing is.")
    bbox = serializers.ListField(
        child=serializers.IntegerField(),
        allow_null=True,
        help_text="Left, top, right, bottom in pixels of the upright page; null if not known.",
    )
    confidence = RoundedField(3, allow_null=True, help_text="0 to 1; null without words.")


class TableSerializer(serializers.Serializer):
    page = serializers.IntegerField(help_text="Number of the page.")
    number = serializers.IntegerField(help_text="On that page, from 1.")
    name = serializers.CharField(help_text="For `?table=` of an export, such as `3.1`.")
    rows = serializers.IntegerField(source="table.height")
    columns = serializers.IntegerField(source="table.width")
    header_rows = serializers.IntegerField(
        source="table.header_rows", help_text="Rows of headers at the top."
    )
    continues = serializers.BooleanField(
        source="table.continues", help_text="It goes on from the page before."
    )
    cells = CellSerializer(
        source="table.cells", many=True, help_text="Each place of the grid is in one of them."
    )
