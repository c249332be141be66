"""The words themselves lie with each database's own full-text search, which models cannot describe."""

from django.db import migrations

FORWARDS = {
    "sqlite": [
        "CREATE VIRTUAL TABLE desk_searchwords USING fts5"
        "(title, body, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3 4')"
    ],
    "postgresql": [
        "ALTER TABLE desk_searchtext ADD COLUMN words tsvector NOT NULL DEFAULT ''::tsvector",
        "CREATE INDEX desk_searchtext_words ON desk_searchtext USING gin (words) WITH (fastupdate = off)",
    ],
}
BACKWARDS = {
    "sqlite": ["DROP TABLE desk_searchwords"],
    "postgresql": ["ALTER TABLE desk_searchtext DROP COLUMN words"],
}


def _execute(statements: dict[str, list[str]]):
    def run(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_the_index_of_words")]
    operations = [migrations.RunPython(_execute(FORWARDS), _execute(BACKWARDS))]
