from django.db import migrations, models


def fill_books(apps, schema_editor):
    """Each tie takes the book of its record, in one statement."""
    tie, record = apps.get_model("records", "RecordTie"), apps.get_model("records", "Record")
    of_record = record.objects.filter(pk=models.OuterRef("record_id")).values("book")[:1]
    tie.objects.filter(book="").update(book=models.Subquery(of_record))


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0004_indexes_of_lists'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='recordtie',
            name='record_tie_code',
        ),
        migrations.AddField(
            model_name='recordtie',
            name='book',
            field=models.CharField(default='', max_length=80),
        ),
        migrations.AddIndex(
            model_name='recordtie',
            index=models.Index(fields=['kind', 'code', 'book'], name='record_tie_code_book'),
        ),
        migrations.RunPython(fill_books, migrations.RunPython.noop),
    ]
