"""Paths of the pages; onlineocr/urls.py adds those of the APIs."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from .developers.page import developers
from .views import (
    batches,
    bulk,
    corrections,
    editing,
    entry,
    files,
    history,
    jobs,
    mails,
    pictures,
    privacy,
    pwa,
    sharing,
    trash,
    upload,
)
from .views.account import keys, overview, security, sessions, webhooks

picture_paths = [
    ("pages/<int:number>/picture/", "page-picture"),
    ("pages/<int:number>/picture/<int:strip>/", "page-strip"),
]
thumbnail_paths = [("pages/<int:number>/thumbnail/", "page-thumbnail"), ("thumbnail/", "thumbnail")]

entry_urlpatterns = [
    path("", entry.entry, name="entry"),
    path("compare/<uuid:other>/", entry.compare, name="compare"),
    path("details/", editing.change_details, name="change-details"),
    path("star/", editing.star, name="star"),
    path("pages/<int:number>/text/", editing.correct, name="correct"),
    path("pages/<int:number>/cells/", editing.correct_table, name="correct-table"),
    path("pages/<int:number>/words/", corrections.words, name="words"),
    path("replace/", corrections.replace, name="replace"),
    path("replace/undo/", corrections.undo_replacement, name="undo-replacement"),
    path("revisions/<int:revision>/", editing.restore_revision, name="restore-revision"),
    path("again/", editing.recognize_again, name="recognize-again"),
    path("shares/", sharing.create_share, name="create-share"),
    path("shares/<int:share>/revoke/", sharing.revoke_share, name="revoke-share"),
    path("cancel/", jobs.cancel, name="cancel"),
    path("retry/", jobs.retry, name="retry"),
    path("mail/", mails.mail_about_entry, name="mail-entry"),
    path("discard/", trash.discard_entry, name="discard"),
    path("file/", files.original, name="original"),
    path("export/<slug:name>/", files.export, name="export"),
    *(path(route, pictures.page_picture, name=name) for route, name in picture_paths),
    *(path(route, pictures.thumbnail, name=name) for route, name in thumbnail_paths),
]

# The paths below a share link are those below an entry, so that both use the same templates.
shared_urlpatterns = [
    path("", sharing.shared, name="shared"),
    path("export/<slug:name>/", sharing.shared_export, name="shared-export"),
    *(path(route, sharing.shared_picture, name=f"shared-{name}") for route, name in picture_paths),
    *(
        path(route, sharing.shared_thumbnail, name=f"shared-{name}")
        for route, name in thumbnail_paths
    ),
]

urlpatterns = [
    path("", upload.UploadView.as_view(), name="upload"),
    path("read/", upload.UploadView.as_view(), name="recognize"),
    path("visit/", upload.begin_visit, name="begin-visit"),
    path("batches/<uuid:pk>/", batches.batch, name="batch"),
    path("batches/<uuid:pk>/cancel/", batches.cancel, name="cancel-batch"),
    path("batches/<uuid:pk>/retry/", batches.retry, name="retry-batch"),
    path("batches/<uuid:pk>/mail/", mails.mail_about_batch, name="mail-batch"),
    path("batches/<uuid:pk>/export/<slug:name>/", batches.export, name="batch-export"),
    path("history/", history.history, name="history"),
    path("history/many/", bulk.act_on_many, name="many"),
    path("history/trash/", trash.show_trash, name="trash"),
    path("history/trash/restore/", trash.restore_entries, name="restore"),
    path("history/trash/delete/", trash.delete_for_good, name="delete-for-good"),
    path("history/<uuid:pk>/", include(entry_urlpatterns)),
    path("s/<str:token>/", include(shared_urlpatterns)),
    path("developers/", developers, name="developers"),
    path("privacy/", privacy.privacy_page, name="privacy"),
    path("manifest.webmanifest", pwa.manifest, name="manifest"),
    path("service-worker.js", pwa.service_worker, name="service-worker"),
    path("offline/", pwa.offline, name="offline"),
    path("language/", set_language, name="set-language"),
    path("account/", overview.account, name="account"),
    path("account/keys/", keys.own_keys, name="keys"),
    path("account/keys/<uuid:pk>/rotate/", keys.rotate_key, name="rotate-key"),
    path("account/keys/<uuid:pk>/revoke/", keys.revoke_key, name="revoke-key"),
    path("account/sessions/", sessions.own_sessions, name="usersessions_list"),
    path("account/webhooks/", webhooks.own_webhooks, name="webhooks"),
    path("account/webhooks/test/", webhooks.try_webhook, name="try-webhook"),
    path("account/activity/", security.activity, name="activity"),
    path("account/invitation/<str:token>/", security.accept_invitation, name="invitation"),
    path("account/delete/", overview.delete_account, name="delete-account"),
]
