from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "qyzmet.people"
    label = "people"
