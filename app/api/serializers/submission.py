"""Fields of all requests that make jobs: cache, callback and asynchronous answers."""

from __future__ import annotations

from rest_framework import serializers


class SubmissionSerializer(serializers.Serializer):
    """Fields of every request that makes a job, beside the options of the recognition."""

    cache = serializers.BooleanField(
        required=False,
        default=True,
        help_text="The result of your earlier job on the same file with the same options may be "
        "copied; then the answer has `cached: true`. false recognizes the file again.",
    )
    callback_url = serializers.URLField(
        required=False,
        max_length=2000,
        help_text="Called by POST when the job has ended; docs/jobs.md describes the signature.",
    )

    def get_fields(self) -> dict[str, serializers.Field]:
        """Adds `async`, a keyword of Python, which cannot be declared like the others."""
        answer_at_once = serializers.BooleanField(
            required=False,
            default=False,
            help_text="Answer 202 with the job at once, as `Prefer: respond-async` does.",
        )
        return {**super().get_fields(), "async": answer_at_once}
