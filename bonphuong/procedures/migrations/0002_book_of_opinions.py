from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """The book of an opinion is that of its case."""
    opinions = apps.get_model("procedures", "Opinion").objects.using(schema_editor.connection.alias)
    cases = apps.get_model("procedures", "Case").objects.filter(pk=OuterRef("case"))
    opinions.update(book=Subquery(cases.values("book")[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ("procedures", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="opinion",
            name="book",
            field=models.CharField(default="", max_length=80),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="opinion",
            index=models.Index(fields=["office_code", "book"], name="opinion_office_book"),
        ),
    ]
