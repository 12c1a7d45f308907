"""The word indexes of messages and subjects, by the database's own means.

SQLite: FTS5 tables that hold no text of their own, kept in step by triggers (so that an erasure cannot forget one).
A later migration that rebuilds one of the two tables on SQLite drops its triggers: call ``make`` again at its end.
PostgreSQL: a generated column and a GIN index. Signs become spaces and accented letters plain ones on both.
"""

import unicodedata

from django.db import migrations

SIGNS = "@./\\-_:+,;=&?#%~*'\"()[]{}<>|!$^`´’‘“”„«»–—…"


def base(letter):
    """The plain letter under an accented one; nothing where there is none or more than one."""
    letters = [c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c)]
    return letters[0] if len(letters) == 1 and letters[0] != letter and letters[0].isascii() else ""


ACCENTED = "".join(chr(n) for n in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if base(chr(n)))
PLAIN = "".join(base(c) for c in ACCENTED)

TABLES = (("conversations_words", "conversations_message", "body"), ("conversations_subjects", "conversations_thread", "subject"))


def make_sqlite(index, table, column):
    gone = f"INSERT INTO {index}({index}, rowid, {column}) VALUES ('delete', old.id, old.{column});"
    here = f"INSERT INTO {index}(rowid, {column}) VALUES (new.id, new.{column});"
    return (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5("
        f"{column}, content='{table}', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3')",
        f"CREATE TRIGGER IF NOT EXISTS {index}_added AFTER INSERT ON {table} BEGIN {here} END",
        f"CREATE TRIGGER IF NOT EXISTS {index}_gone AFTER DELETE ON {table} BEGIN {gone} END",
        f"CREATE TRIGGER IF NOT EXISTS {index}_changed AFTER UPDATE OF {column} ON {table} BEGIN {gone} {here} END",
        f"INSERT INTO {index}({index}) VALUES ('rebuild')",
    )


def make_postgresql(index, table, column):
    signs, letters = SIGNS + ACCENTED, " " * len(SIGNS) + PLAIN
    return (
        f"ALTER TABLE {table} ADD COLUMN words tsvector GENERATED ALWAYS AS ("
        f"to_tsvector('simple'::regconfig, translate(left({column}, 100000), {quoted(signs)}, '{letters}'))) STORED",
        f"CREATE INDEX {index} ON {table} USING gin (words)",
    )


def quoted(text):
    return "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def make(apps, schema_editor):
    if schema_editor.connection.alias != "default":
        return
    sqlite = schema_editor.connection.vendor == "sqlite"
    for table in TABLES:
        for statement in (make_sqlite if sqlite else make_postgresql)(*table):
            schema_editor.execute(statement, params=None)


def unmake(apps, schema_editor):
    if schema_editor.connection.alias != "default":
        return
    for index, table, _ in TABLES:
        if schema_editor.connection.vendor == "sqlite":
            for trigger in ("added", "gone", "changed"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {index}_{trigger}", params=None)
            schema_editor.execute(f"DROP TABLE IF EXISTS {index}", params=None)
        else:
            schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN words", params=None)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_start")]
    operations = [migrations.RunPython(make, unmake)]
