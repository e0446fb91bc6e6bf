import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """The book of a share is that of its record."""
    shares = apps.get_model("records", "RecordShare").objects.using(schema_editor.connection.alias)
    records = apps.get_model("records", "Record").objects.filter(pk=OuterRef("record"))
    shares.update(book=Subquery(records.values("book")[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ("procedures", "0002_book_of_opinions"),
        ("records", "0003_calendar"),
    ]

    operations = [
        migrations.AddField(
            model_name="recordshare",
            name="book",
            field=models.CharField(default="", max_length=80),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="recordshare", name="record_share_office"),
        migrations.AddIndex(
            model_name="recordshare",
            index=models.Index(fields=["office_code", "book"], name="record_share_office"),
        ),
        migrations.AlterField(
            model_name="record",
            name="duplicate_of",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="duplicates",
                to="records.record",
                verbose_name="entered twice, see",
            ),
        ),
        migrations.RemoveIndex(model_name="record", name="record_family"),
        migrations.RemoveIndex(model_name="record", name="record_office"),
        migrations.RemoveIndex(model_name="record", name="record_head"),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                fields=[
                    "book",
                    "family",
                    "-begins_on",
                    "-uid",
                    "kind",
                    "state",
                    "visibility",
                    "office_code",
                    "is_closed",
                    "due_on",
                    "duplicate_of",
                    "counts_on",
                ],
                name="record_list",
            ),
        ),
        migrations.AddIndex(
            model_name="record", index=models.Index(fields=["office_code", "book"], name="record_office")
        ),
        migrations.AddIndex(
            model_name="record", index=models.Index(fields=["head_fold", "book"], name="record_head")
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                condition=models.Q(duplicate_of__isnull=False), fields=["duplicate_of"], name="record_double"
            ),
        ),
    ]
