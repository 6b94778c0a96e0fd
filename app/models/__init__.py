from .api_key import ApiKey, Scope
from .job import ENDED, Job, Priority, Status
from .page import Page
from .upload import Upload
from .usage import Usage

__all__ = [
    "ENDED",
    "ApiKey",
    "Job",
    "Page",
    "Priority",
    "Scope",
    "Status",
    "Upload",
    "Usage",
]
