"""The browsers that are signed in to the account, and their end."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from app.services.accounts import sessions
from app.web.devices import device_name


@login_required
def own_sessions(request: HttpRequest) -> HttpResponse:
    """The list; a POST ends the `session` of that number, or all but this one."""
    if request.method == "POST":
        return _end(request)
    shown = [
        {
            "pk": session.pk,
            "device": device_name(session.user_agent),
            "ip": session.ip,
            "created_at": session.created_at,
            "last_seen_at": session.last_seen_at,
            "is_current": session.session_key == request.session.session_key,
        }
        for session in sessions.of_user(user=request.user)
    ]
    return render(request, "account/sessions.html", {"sessions": shown})


def _end(request: HttpRequest) -> HttpResponse:
    asked = request.POST.get("session", "")
    if not asked:
        current = request.session.session_key
        count = sessions.end_others(user=request.user, current=current)
        said = ngettext("%(n)s browser was signed out.", "%(n)s browsers were signed out.", count)
        messages.success(request, said % {"n": count})
    elif asked.isdecimal() and len(asked) < 19 and sessions.end(user=request.user, pk=int(asked)):
        messages.success(request, _("That browser was signed out."))
    else:
        raise Http404
    return redirect("usersessions_list")
