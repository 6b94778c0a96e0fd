"""Pagination of lists."""

from __future__ import annotations

from rest_framework.pagination import PageNumberPagination


class PageNumbers(PageNumberPagination):
    """`page` from 1 and `page_size` up to 100; a page out of range is a 404."""

    page_size = 10
    page_size_query_param = "page_size"
    max_page_size = 100
    invalid_page_message = "Invalid page."
