from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "qyzmet.portal"
    label = "portal"

    def ready(self) -> None:
        """Every session stands in the list of its account."""
        from qyzmet.portal.accounts import entering  # noqa: F401
