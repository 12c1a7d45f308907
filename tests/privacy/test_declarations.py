"""Declarations: no field without one, none without a field, and the data map made from them."""

# ruff: noqa: DJ008

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from courtesy.privacy import checks, declarations
from courtesy.privacy.append_only import AppendOnlyRow
from courtesy.privacy.declarations import Kind, all_declarations, declare_table, declares, personal, plain
from courtesy.privacy.sealing import SealedRow, SealedTextField


@pytest.fixture(autouse=True)
def only_for_this_test(monkeypatch):
    """What a test declares is forgotten after it."""
    monkeypatch.setattr(declarations, "_tables", dict(declarations._tables))


def ids(problems):
    return [problem.id for problem in problems]


class TestThisHouse:
    def test_has_no_field_that_nobody_declared(self):
        assert checks.every_field_is_declared() == []

    def test_has_its_seals_and_registers_in_order(self):
        assert checks.sealed_fields_stand_on_sealed_rows() == []
        assert checks.registers_stay_as_written() == []

    def test_says_of_every_personal_field_for_what_on_which_ground_and_until_when(self):
        for field in all_declarations():
            if field.declaration.is_personal:
                assert field.declaration.purposes, field
                assert field.declaration.basis, field
                assert field.declaration.retention, field

    def test_maps_every_sealed_field_as_personal(self):
        said = {(field.table, field.field): field.declaration for field in all_declarations()}
        for model in apps.get_models():
            for field in model._meta.fields:
                if getattr(field, "is_sealed", False):
                    assert said[model._meta.label_lower, field.name].is_personal, f"{model._meta.label}.{field.name}"

    def test_maps_the_tables_of_packages_too(self):
        tables = {field.table for field in all_declarations()}

        assert {"mfa.authenticator", "auth.permission", "migrations.migration", "people.person"} <= tables


class TestTheChecks:
    @pytest.fixture(autouse=True)
    def apart(self):
        """Models of a test stay out of the house."""
        with isolate_apps("courtesy.people"):
            yield

    def test_find_a_field_that_nobody_declared(self):
        @declares(name=personal(Kind.IDENTITY, purposes=("service",), basis="contract", retention="a year"))
        class Visitor(models.Model):
            name = models.CharField(max_length=9)
            shoe_size = models.IntegerField()

            class Meta:
                app_label = "people"

        problems = checks.undeclared([Visitor])
        assert ids(problems) == ["courtesy.E001"]
        assert "people.Visitor.shoe_size" in problems[0].msg

    def test_find_every_field_of_a_table_that_nobody_declared(self):
        class Stray(models.Model):
            name = models.CharField(max_length=9)
            friends = models.ManyToManyField("self")

            class Meta:
                app_label = "people"

        assert ids(checks.undeclared([Stray])) == ["courtesy.E001"] * 2

    def test_take_what_an_abstract_class_declared(self):
        @declares(at=plain("when"))
        class Dated(models.Model):
            at = models.DateTimeField()

            class Meta:
                app_label = "people"
                abstract = True

        @declares(what=plain("what"))
        class Visit(Dated):
            what = models.CharField(max_length=9)

            class Meta:
                app_label = "people"

        assert checks.undeclared([Visit]) == []
        assert checks.declared_but_absent([Visit, Dated])[0].id == "courtesy.E002"  # the rest of the house is not here

    def test_find_a_declaration_that_names_no_field(self):
        @declares(name=plain("x"), nmae=plain("x"))
        class Typo(models.Model):
            name = models.CharField(max_length=9)

            class Meta:
                app_label = "people"

        problems = [p for p in checks.declared_but_absent([Typo]) if "typo" in p.msg]
        assert [(p.id, p.msg) for p in problems] == [
            ("courtesy.E002", "people.typo.nmae is declared but does not exist.")
        ]

    def test_find_a_declaration_of_a_table_that_does_not_exist(self):
        declare_table("people.nobody", name=plain("x"))

        problems = checks.every_field_is_declared()
        assert [(p.id, p.msg) for p in problems] == [("courtesy.E002", "people.nobody is declared but does not exist.")]

    def test_pass_over_packages_that_are_not_installed(self):
        declare_table("elsewhere.thing", name=plain("x"))

        assert checks.every_field_is_declared() == []

    def test_find_a_seal_without_what_it_needs(self):
        class Note(models.Model):
            text = SealedTextField(index="text_index")

            class Meta:
                app_label = "people"

        assert ids(checks.misplaced_seals([Note])) == ["courtesy.E003"] * 4

    def test_find_an_index_without_its_column(self):
        class Slip(SealedRow):
            id = models.UUIDField(primary_key=True)
            key_id = models.UUIDField()
            text = SealedTextField(index="text_index")

            class Meta:
                app_label = "people"

        assert [p.msg for p in checks.misplaced_seals([Slip])] == [
            "people.Slip has no column text_index for the blind index of text."
        ]

    def test_find_a_register_that_could_be_changed(self, monkeypatch):
        class Loose(AppendOnlyRow):
            class Meta:
                app_label = "people"

        monkeypatch.setattr(checks.apps, "get_models", lambda: [Loose])
        assert ids(checks.registers_stay_as_written()) == ["courtesy.E004"]


class TestDeclaring:
    def test_twice_otherwise_is_refused(self):
        declare_table("people.thing", name=plain("x"))
        declare_table("people.thing", name=plain("x"))

        with pytest.raises(declarations.DeclaredTwice):
            declare_table("people.thing", name=plain("y"))

    def test_keeps_what_was_said(self):
        said = personal(Kind.CONTACT, purposes=("service",), basis="contract", retention="a year", why="to answer")
        declare_table("people.thing", address=said)

        assert declarations.DeclaredField("people.thing", "address", said) in all_declarations()
        assert said.is_personal
        assert not plain("x").is_personal
