from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "qyzmet.documents"
    label = "documents"

    def ready(self) -> None:
        """Take deliveries, and say what an erasure empties."""
        from qyzmet.documents import delivery, erasing  # noqa: F401
        from qyzmet.documents.export import delivery as seals  # noqa: F401
