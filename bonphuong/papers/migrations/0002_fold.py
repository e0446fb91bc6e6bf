from django.db import migrations, models

from bonphuong.papers.rules import searchable

BATCH = 1000


def fill(apps, schema_editor):
    papers = apps.get_model("papers", "Paper").objects.using(schema_editor.connection.alias)
    batch = []
    for paper in papers.filter(fold="").iterator(BATCH):
        paper.fold = searchable(paper)
        batch.append(paper)
        if len(batch) == BATCH:
            papers.bulk_update(batch, ["fold"])
            batch = []
    if batch:
        papers.bulk_update(batch, ["fold"])


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="paper", name="fold", field=models.TextField(blank=True, editable=False)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
