from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "qyzmet.pages"
    label = "pages"
