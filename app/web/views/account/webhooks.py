"""Webhooks of the account: their secret, a test, and the log of deliveries."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from app.models import Webhook
from app.services import webhooks
from app.services.limits import rates
from app.web.forms.account import WebhookTestForm
from app.web.refusals import too_many
from app.web.views.notices import errors_as_notices

PAGE_SIZE = 20
TESTS_PER_MINUTE = 10


@login_required
@never_cache
@require_GET
def own_webhooks(request: HttpRequest) -> HttpResponse:
    return _page(request, WebhookTestForm())


@login_required
@require_POST
def try_webhook(request: HttpRequest) -> HttpResponse:
    """Calls an address given by the owner at once, with a signed message of type `test`."""
    form = WebhookTestForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    rate = rates.count_for(subject=f"webhook-test:{request.user.pk}", limit=TESTS_PER_MINUTE)
    if rate and rate.exceeded:
        return too_many(request, wait=rate.seconds_left)
    with errors_as_notices(request):
        attempt = webhooks.send_test(owner=request.user, url=form.cleaned_data["url"])
        if attempt.error:
            messages.error(request, _("The call failed: %(why)s") % {"why": attempt.error})
        else:
            said = _("The address answered %(status)s after %(ms)s ms.")
            values = {"status": attempt.status, "ms": attempt.milliseconds}
            messages.success(request, said % values)
    return redirect("webhooks")


def _page(request: HttpRequest, form: WebhookTestForm, status: int = 200) -> HttpResponse:
    found = Webhook.objects.belonging_to(request.user).select_related("job__upload", "batch")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "secret": webhooks.secret_of(owner=request.user),
    }
    return render(request, "account/webhooks.html", context, status=status)
