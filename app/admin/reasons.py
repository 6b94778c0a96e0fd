"""Form for staff to open another person's entry by giving a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from app.http.client_address import client_address
from app.models import Job
from app.services.accounts import staff_access


class ReasonForm(forms.Form):
    reason = forms.CharField(
        min_length=10,
        max_length=200,
        widget=forms.Textarea({"rows": 3, "cols": 60}),
        help_text="At least 10 characters. The owner of the entry reads them.",
    )


def ask_reason(request: HttpRequest, model_admin: admin.ModelAdmin[Job], pk: Any) -> HttpResponse:
    """Asks for a reason, then opens the entry for an hour."""
    job = get_object_or_404(Job.objects.select_related("upload", "owner"), pk=pk)
    if not model_admin.has_view_permission(request, job):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        staff_access.open_entry(
            job=job,
            staff=request.user,
            reason=form.cleaned_data["reason"],
            address=client_address(request),
        )
        return redirect("admin:app_job_change", job.pk)
    context = {**admin.site.each_context(request), "title": "Open an entry", "form": form}
    return render(request, "admin/reason.html", {**context, "job": job})
