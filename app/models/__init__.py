from .job import ENDED, Job, Priority, Status
from .page import Page
from .upload import Upload

__all__ = ["ENDED", "Job", "Page", "Priority", "Status", "Upload"]
