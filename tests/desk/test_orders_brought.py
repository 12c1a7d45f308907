"""Orders brought in from the page: a file is handed in, looked through, agreed to, brought in, and taken back."""

import ast
import gzip
import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from courtesy.consent.models import Entry
from courtesy.desk.bringing import orders_say
from courtesy.desk.bringing.orders_forms import OrdersColumnsForm
from courtesy.people.models import Person
from courtesy.privacy import sealed_files
from courtesy.records.actions import handing_in, importing
from courtesy.records.models import HandedIn, Order
from tests.cast import NOON

pytestmark = pytest.mark.django_db(databases="__all__")
HEAD = "Order number,Order date,Email,Product,Quantity,Price\n"
ROWS = HEAD + (
    "20418,2026-11-18,chidi.okafor@post.example,Assam,2,9.40\n"
    "20419,2026-11-19,new.customer@post.example,Sencha,1,7.20\n"
    "20420,never,new.customer@post.example,Sencha,1,7.20\n"
)
AGREED = {"basis": "contract", "since": "2024-05-01"}


@pytest.fixture
def owner(signed_in, ada):
    return signed_in(ada)


@pytest.fixture
def hands_in(owner):
    def hands_in(text=ROWS, *, preset="", works=True, **more):
        file = SimpleUploadedFile("orders.csv", text.encode() if isinstance(text, str) else text)
        form = {"file": file, "preset": preset, "store": "Web shop", "currency": "EUR", "whole": "yes"} | more
        answer = owner.post("/past/orders", form)
        row = HandedIn.objects.order_by("-at").first()
        if row is not None and works:
            handing_in.look_through(handed_in=str(row.pk), at=NOON)
            row.refresh_from_db()
        return answer, row

    return hands_in


def brought(owner, row):
    owner.post(f"/past/orders/{row.pk}/beginning", AGREED)
    handing_in.carry_out(handed_in=str(row.pk), at=NOON)
    row.refresh_from_db()
    return owner.get(f"/past/orders/{row.pk}").content.decode()


def lying():
    """The sealed files that wait, by their path: other tests of this run have left some."""
    return set(Path(settings.COURTESY.data_dir).rglob("*.sealed"))


def data_folder() -> Path:
    return Path(settings.COURTESY.data_dir)


def zipped(text: bytes, *names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name in names or ("orders.csv",):
            box.writestr(name, text)
    return out.getvalue()


def tells(path: Path) -> bool:
    """Whether a file says who bought, packed or not."""
    said = path.read_bytes()
    if said[:2] == b"PK" or said[:2] == b"\x1f\x8b":
        return True
    return b"new.customer" in said or b"chidi.okafor" in said


class TestAFileHandedIn:
    def test_lies_sealed_and_is_looked_through(self, owner, hands_in):
        before = lying()
        _, row = hands_in(works=False)

        (sealed,) = lying() - before
        assert b"chidi" not in sealed.read_bytes()

        handing_in.look_through(handed_in=str(row.pk), at=NOON)
        page = owner.get(f"/past/orders/{row.pk}").content.decode()

        assert "Is this right?" in page
        assert "the date cannot be read" in page
        assert not Order.objects.exists()
        assert not list((Path(settings.COURTESY.data_dir) / "reading").iterdir())

    @pytest.mark.parametrize("pack", [bytes, gzip.compress, zipped])
    def test_never_lies_open_while_it_is_read(self, owner, hands_in, monkeypatch, pack):
        seen = []

        def bring_in(*given, progress, **how):
            def look_around(done, of):
                progress(done, of)
                seen.extend(path for path in data_folder().rglob("*") if path.is_file() and tells(path))

            brought_in = importing.bring_in(*given, progress=look_around, **how)
            assert brought_in.rows == 3
            return brought_in

        monkeypatch.setattr(handing_in, "bring_in", bring_in)
        _, row = hands_in(pack(ROWS.encode()))
        brought(owner, row)

        assert Order.objects.count() == 2
        assert not seen

    def test_comes_in_once_agreed_and_the_register_says_on_what_basis(self, owner, hands_in, chidi):
        _, row = hands_in()

        page = brought(owner, row)

        assert "Your orders are here" in page
        assert "It adds up." in page
        assert "Line 4" in page
        assert sorted(Order.objects.values_list("number", flat=True)) == ["20418", "20419"]
        assert Entry.objects.filter(person=chidi, where__contains="brought in").exists()
        assert not sealed_files.is_there(row.pk)

    def test_is_taken_back_whole(self, owner, hands_in, chidi):
        _, row = hands_in()
        brought(owner, row)

        owner.post(f"/past/orders/{row.pk}/undoing")
        handing_in.carry_back(handed_in=str(row.pk), at=NOON)

        assert not Order.objects.exists()
        assert list(Person.objects.all()) == [chidi]
        assert "Taken back" in owner.get(f"/past/orders/{row.pk}").content.decode()

    def test_is_forgotten_when_it_was_the_wrong_one(self, owner, hands_in):
        _, row = hands_in()

        owner.post(f"/past/orders/{row.pk}/discarding")

        assert not HandedIn.objects.exists()
        assert not sealed_files.is_there(row.pk)

    def test_is_not_brought_in_before_somebody_said_on_what_basis(self, owner, hands_in):
        _, row = hands_in()

        page = owner.post(f"/past/orders/{row.pk}/beginning", {"since": "2999-01-01"})
        handing_in.carry_out(handed_in=str(row.pk), at=NOON)

        assert page.status_code == 422
        assert not Order.objects.exists()

    def test_the_same_again_says_that_nothing_is_new(self, owner, hands_in):
        _, first = hands_in()
        brought(owner, first)
        _, again = hands_in()

        assert "Nothing in it is new." in owner.get(f"/past/orders/{again.pk}").content.decode()

    def test_twice_at_once_is_once(self, owner, hands_in):
        _, row = hands_in()
        owner.post(f"/past/orders/{row.pk}/beginning", AGREED)

        handing_in.carry_out(handed_in=str(row.pk), at=NOON)
        handing_in.carry_out(handed_in=str(row.pk), at=NOON)

        assert Order.objects.count() == 2


class TestWhatIsNotClear:
    def test_columns_are_asked_for_and_then_read(self, owner, hands_in):
        _, row = hands_in("Nr,Day,Mail,Thing,Much\n1,2026-11-18,a@post.example,Assam,9.40\n")
        page = owner.get(f"/past/orders/{row.pk}").content.decode()
        assert "Some columns could not be told by their names" in page

        told = {"number": "Nr", "placed_at": "Day", "address": "Mail", "product": "Thing", "price": "Much"}
        owner.post(f"/past/orders/{row.pk}/columns", told)
        handing_in.look_through(handed_in=str(row.pk), at=NOON)
        row.refresh_from_db()
        brought(owner, row)

        assert Order.objects.get().number == "1"

    def test_asks_first_for_what_makes_an_order_and_shows_what_was_found(self, owner, hands_in):
        _, row = hands_in("Nr,Day,Email,Thing,Price,Carrier\n1,2026-11-18,a@post.example,Assam,9.40,DHL\n")
        form = OrdersColumnsForm(row=row, initial=row.mapping)

        first = [bound.name for bound in form.first]
        assert first == ["number", "placed_at", "address", "product", "quantity", "price"]
        assert {bound.name for bound in form.more} == set(form.fields) - set(first)
        assert (form["address"].initial, form["carrier"].initial) == ("Email", "Carrier")
        assert form.found_of_more == 1
        page = owner.get(f"/past/orders/{row.pk}").content.decode()
        assert page.index("The price of one") < page.index("More columns") < page.index("Parcel’s number")

    def test_asks_at_once_for_how_it_is_written_where_that_was_not_clear(self, owner, hands_in):
        _, row = hands_in(HEAD + "1,3/4/2026,a@post.example,Assam,1,9.40\n")

        assert [bound.name for bound in OrdersColumnsForm(row=row).first] == ["dates"]

    def test_dates_that_read_both_ways_are_asked_for(self, owner, hands_in):
        _, row = hands_in(HEAD + "1,3/4/2026,a@post.example,Assam,1,9.40\n")
        assert "3/4 may be 3 April or March 4" in owner.get(f"/past/orders/{row.pk}").content.decode()

        owner.post(f"/past/orders/{row.pk}/columns", row.mapping | {"dates": "month-first"})
        handing_in.look_through(handed_in=str(row.pk), at=NOON)
        row.refresh_from_db()
        brought(owner, row)

        assert (Order.objects.get().placed_at.month, Order.objects.get().placed_at.day) == (3, 4)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (b"\xff\xfe\x00nonsense", "cannot be read"),
            ((HEAD + "1,2026-11-18,a@post.example,Th\xe9,1,9.40\n").encode("latin-1"), "cannot be read as UTF-8"),
            ("no columns at all\n", "one single cell"),
            (b"PK\x03\x04broken", "damaged"),
            (gzip.compress(ROWS.encode())[:-20], "damaged"),
            (b"PAR1 and then nothing", "damaged Parquet file"),
            (zipped(zipped(ROWS.encode())), "Save the sheet with the orders as CSV"),
            (b"\n\n", "no heading"),
            (b"%PDF-1.4\n%\xe2\xe3\n", "no table but a document"),
            (b'[{"number": 1}]', "no table but a document"),
            (zipped(b"<x/>", "[Content_Types].xml", "xl/workbook.xml"), "Save the sheet with the orders as CSV"),
            (zipped(ROWS.encode(), "a.csv", "b.csv"), "There are 2 files in it"),
            (b",".join(b"c%d" % n for n in range(60_000)) + b"\n1\n", "longer than any heading"),
        ],
    )
    def test_a_file_that_is_none_says_what_to_do(self, owner, hands_in, text, said):
        _, row = hands_in(text)

        assert said in owner.get(f"/past/orders/{row.pk}").content.decode()

    def test_that_no_word_can_help_asks_for_another_and_for_no_columns(self, owner, hands_in):
        _, row = hands_in(b"%PDF-1.4\n")

        page = owner.get(f"/past/orders/{row.pk}").content.decode()
        assert "This file cannot be read" in page
        assert "Hand in another file" in page
        assert "Which column holds what?" not in page

    def test_with_a_heading_and_nothing_below_says_so(self, owner, hands_in):
        _, row = hands_in(HEAD)

        assert "There is no row below its heading." in owner.get(f"/past/orders/{row.pk}").content.decode()

    def test_divided_by_something_rare_is_read_once_that_is_said(self, owner, hands_in):
        _, row = hands_in((HEAD + "1,2026-11-18,a@post.example,Assam,1,9.40\n").replace(",", "~"))
        owner.post(f"/past/orders/{row.pk}/columns", {"delimiter": "~"})
        handing_in.look_through(handed_in=str(row.pk), at=NOON)
        row.refresh_from_db()

        assert row.facts["sales"] == 1

    def test_says_how_its_letters_were_read_and_from_which_line_on_they_could_not(self, owner, hands_in):
        _, row = hands_in((HEAD + "1,2026-11-18,a@post.example,Th\x81,1,9.40\n").encode("latin-1"))
        owner.post(f"/past/orders/{row.pk}/columns", {"encoding": "cp1252"})
        handing_in.look_through(handed_in=str(row.pk), at=NOON)

        page = owner.get(f"/past/orders/{row.pk}").content.decode()
        assert "From about line 2 on its letters cannot be read as Windows-1252" in page

    def test_has_a_sentence_of_its_own_for_whatever_is_wrong(self):
        """Every code that a refusal of a file can have is said in the reader's language."""
        raised = set()
        for file in Path(importing.__file__).parents[1].rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                    name = ast.unparse(node.exc.func)
                    code = [one.value.value for one in node.exc.keywords if one.arg == "code"]
                    if name in {"NotATable", "Bomb", "WrongEncoding", "WrongDelimiter", "ColumnsMissing", "WhichDates"}:
                        raised |= {*(code or [name])}
        assert len(raised) >= 10
        rest = orders_say.trouble(HandedIn(trouble="whatever else"))
        for code in raised:
            assert orders_say.trouble(HandedIn(trouble=code, says="2")) not in {"", rest}, code

    @pytest.mark.parametrize("left_out", [{"file": ""}, {"whole": ""}, {"store": ""}, {"currency": "EURO"}])
    def test_a_form_that_is_not_whole_hands_nothing_in(self, owner, hands_in, left_out):
        before = lying()
        if left_out.get("whole") == "":
            file = SimpleUploadedFile("orders.csv", ROWS.encode())
            answer = owner.post("/past/orders", {"file": file, "preset": "", "store": "A", "currency": "EUR"})
        else:
            answer, _ = hands_in(works=False, **left_out)

        assert answer.status_code == 422
        assert not HandedIn.objects.exists()
        assert lying() == before
