from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "qyzmet.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Take what waits for a source of revocation."""
        from qyzmet.evidence import delivery  # noqa: F401
