"""Sessions of an account: the browsers that are signed in, and their end."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User


def of_user(*, user: User) -> list[UserSession]:
    """The account's sessions, newest first; deletes expired ones."""
    sessions: list[UserSession] = UserSession.objects.purge_and_list(user)
    return sorted(sessions, key=lambda session: session.last_seen_at, reverse=True)


def end(*, user: User, pk: int) -> bool:
    """Signs that browser out at once; False if the account has no such session."""
    session = UserSession.objects.filter(user=user, pk=pk).first()
    if session:
        session.end()
    return session is not None


def end_others(*, user: User, current: str | None) -> int:
    """Signs out all browsers except the one with that session key; returns their number."""
    others = [session for session in of_user(user=user) if session.session_key != current]
    for session in others:
        session.end()
    return len(others)
