from django.db import migrations

import qyzmet.people.fields


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_handed_over")]

    operations = [
        migrations.AddField(
            model_name="refusedfiling",
            name="details",
            field=qyzmet.people.fields.Json(default=dict),
        ),
    ]
