from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "qyzmet.cases"
    label = "cases"

    def ready(self) -> None:
        from qyzmet.cases.steps import checks  # noqa: F401 - registers the functions of every service
