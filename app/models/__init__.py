from .api_key import ApiKey, Scope
from .audit import Action, AuditEvent
from .batch import Batch, BatchItem
from .invitation import Invitation
from .job import ENDED, Job, Priority, Status
from .notification import MailRequest, Webhook, WebhookStatus
from .page import Page
from .request_key import RequestKey
from .revision import Revision
from .search import SearchText
from .share import Share
from .upload import Upload
from .usage import RequestCount, Usage
from .worker import Worker

__all__ = [
    "ENDED",
    "Action",
    "ApiKey",
    "AuditEvent",
    "Batch",
    "BatchItem",
    "Invitation",
    "Job",
    "MailRequest",
    "Page",
    "Priority",
    "RequestCount",
    "RequestKey",
    "Revision",
    "Scope",
    "SearchText",
    "Share",
    "Status",
    "Upload",
    "Usage",
    "Webhook",
    "WebhookStatus",
    "Worker",
]
