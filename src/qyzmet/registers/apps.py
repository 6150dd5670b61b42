from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "qyzmet.registers"
    label = "registers"

    def ready(self) -> None:
        # Importing a register gives its functions their names.
        from qyzmet.registers import accounts, certificates, subsidies  # noqa: F401
        from qyzmet.registers.equity import checks, objects, records  # noqa: F401
