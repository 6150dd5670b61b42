from django.apps import AppConfig


class GatewayConfig(AppConfig):
    name = "qyzmet.gateway"
    label = "gateway"

    def ready(self) -> None:
        """Take deliveries."""
        from qyzmet.gateway.mail import delivery, links  # noqa: F401
