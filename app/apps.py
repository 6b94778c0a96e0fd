from django.apps import AppConfig


class OnlineOcrConfig(AppConfig):
    name = "app"
    verbose_name = "onlineocr"

    def ready(self) -> None:
        from . import checks  # noqa: F401  registers the system checks
        from .http import cors  # noqa: F401  decides about other origins
        from .http.audit import signals  # noqa: F401  keeps the log of accounts
        from .services.operations.telemetry import start

        start()
