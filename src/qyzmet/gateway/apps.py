from django.apps import AppConfig


class GatewayConfig(AppConfig):
    name = "qyzmet.gateway"
    label = "gateway"

    def ready(self) -> None:
        """Take deliveries, and say what an erasure empties."""
        from qyzmet.gateway import erasing  # noqa: F401
        from qyzmet.gateway.mail import delivery, links  # noqa: F401
        from qyzmet.gateway.statedata import delivery as state_data

        state_data.register()
