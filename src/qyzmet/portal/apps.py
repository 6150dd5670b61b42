from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "qyzmet.portal"
    label = "portal"

    def ready(self) -> None:
        """Every session stands in the list of its account; an erasure empties drafts too."""
        from qyzmet.portal import erasing  # noqa: F401
        from qyzmet.portal.accounts import entering  # noqa: F401
