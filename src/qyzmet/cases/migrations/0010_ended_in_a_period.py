from django.db import migrations, models


class Migration(migrations.Migration):
    """Figures of a period begin with the cases that ended in it."""

    dependencies = [
        ("cases", "0009_administration"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "ended")), fields=["ended_at"], name="case_ended"
            ),
        ),
    ]
