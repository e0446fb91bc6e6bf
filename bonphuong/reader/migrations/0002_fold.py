from django.db import migrations, models

from bonphuong.kernel.text import fold

FOLDED = 60_000


def fill(apps, schema_editor):
    documents = apps.get_model("reader", "ReadDocument").objects.using(schema_editor.connection.alias)
    for document in documents.filter(fold="").iterator(100):
        documents.filter(pk=document.pk).update(fold=fold(document.text)[:FOLDED])


class Migration(migrations.Migration):
    dependencies = [("reader", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="readdocument", name="fold", field=models.TextField(blank=True, editable=False)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
