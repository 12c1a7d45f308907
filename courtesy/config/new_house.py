"""The tables of a new house, made at once as all steps together leave them, and every step noted as taken.

Django's steps make a house grow: before each one that changes a table, all models that hang on it are rendered anew.
A house in which nothing stands yet is spared that. What steps do beside tables (indexes of words) is done here too,
but for what they call ``elidable``: carrying over what is in old tables, of which a new house has none.
"""

from django.core.management.sql import emit_post_migrate_signal
from django.db import connections, router
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration, RunPython
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation, ModelOperation
from django.db.migrations.recorder import MigrationRecorder

# What these do is in the models that the last step leaves.
OF_TABLES = (ModelOperation, FieldOperation, IndexOperation)


def make_at_once(alias: str) -> int:
    """Make every table of this database, all or none; how many steps that spared.

    0, and nothing is changed, where any table stands already or a step does what only a step can: those take the steps.
    """
    connection = connections[alias]
    if connection.introspection.table_names():
        return 0
    executor = MigrationExecutor(connection)
    steps = [step for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    if only_a_step_can(steps):
        return 0
    last = executor.loader.project_state().apps
    with connection.schema_editor(atomic=True) as editor:
        for model in last.get_models():
            if router.allow_migrate_model(alias, model) and model._meta.can_migrate(connection):
                editor.create_model(model)
        for step in steps:
            for one in _beside_tables(step):
                if isinstance(one, RunPython) and router.allow_migrate(alias, step.app_label, **one.hints):
                    one.code(last, editor)
        _note(steps, editor)
        emit_post_migrate_signal(verbosity=0, interactive=False, db=alias)
    return len(steps)


def only_a_step_can(steps: list[Migration]) -> list[Operation]:
    """What is neither of tables nor code that can run once they all stand: SQL, or a kind not looked at here."""
    return [one for step in steps for one in _beside_tables(step) if not isinstance(one, RunPython)]


def _beside_tables(step: Migration) -> list[Operation]:
    return [one for one in step.operations if not isinstance(one, OF_TABLES) and not one.elidable]


def _note(steps: list[Migration], editor: BaseDatabaseSchemaEditor) -> None:
    taken = {(step.app_label, step.name): None for step in steps}
    taken |= {replaced: None for step in steps for replaced in step.replaces}
    noted = MigrationRecorder.Migration
    editor.create_model(noted)
    noted.objects.using(editor.connection.alias).bulk_create([noted(app=room, name=name) for room, name in taken])
