"""Saved replies: kept under a name, changed, put away and taken back; through the front door."""

import pytest

from courtesy.knowledge import queries
from courtesy.knowledge.models import SavedReply

pytestmark = pytest.mark.django_db(databases="__all__")


def save(browser, name="Opening hours", words="We are open from ten to six.", **more):
    return browser.post("/saved-replies/new", {"name": name, "words": words} | more, follow=True)


class TestASavedReply:
    def test_is_kept_and_listed_by_name(self, signed_in, ben):
        browser = signed_in(ben)
        save(browser, "Parcel", "Your parcel left today.")
        page = save(browser).content.decode()

        assert "Opening hours" in page
        assert [one.name for one in queries.saved_replies()] == ["Opening hours", "Parcel"]
        assert [one.name for one in queries.saved_replies(words="parcel today")] == ["Parcel"]

    def test_shows_what_was_typed_as_words_and_nothing_else(self, signed_in, ben):
        page = save(signed_in(ben), "<script>x</script>", "<img src=x onerror=alert(1)>").content.decode()

        assert "<script>x" not in page
        assert "<img src=x" not in page

    def test_can_be_changed_put_away_and_taken_back(self, signed_in, ben):
        browser = signed_in(ben)
        save(browser)
        reply = SavedReply.objects.get()

        browser.post(f"/saved-replies/{reply.pk}", {"name": "Hours", "words": "Ten to six."})
        assert SavedReply.objects.get().name == "Hours"

        browser.post(f"/saved-replies/{reply.pk}/away")
        assert queries.saved_replies() == []

        browser.post(f"/saved-replies/{reply.pk}/back")
        assert queries.saved_replies() == [reply]

    def test_does_not_take_anothers_name(self, signed_in, ben):
        browser = signed_in(ben)
        save(browser)
        response = save(browser, words="Other words")

        assert response.status_code == 422
        assert "Another saved reply has this name" in response.content.decode()
        assert "Other words" in response.content.decode()

    def test_does_not_come_back_over_another_of_its_name(self, signed_in, ben):
        browser = signed_in(ben)
        save(browser)
        away = SavedReply.objects.get()
        browser.post(f"/saved-replies/{away.pk}/away")
        save(browser, words="The new ones")

        page = browser.post(f"/saved-replies/{away.pk}/back", follow=True).content.decode()

        assert "Another saved reply has this name by now." in page
        assert [one.words for one in queries.saved_replies()] == ["The new ones"]

    @pytest.mark.parametrize(("name", "words"), [("", "x"), ("x", ""), ("x", "  \n "), ("x" * 61, "x")])
    def test_needs_a_name_and_words(self, signed_in, ben, name, words):
        assert save(signed_in(ben), name, words).status_code == 422
        assert not SavedReply.objects.exists()

    def test_is_read_and_not_changed_by_who_looks_on(self, signed_in, ben, vera):
        save(signed_in(ben))
        reply, browser = SavedReply.objects.get(), signed_in(vera)

        assert "Opening hours" in browser.get("/saved-replies").content.decode()
        for address in ("new", str(reply.pk), f"{reply.pk}/away", f"{reply.pk}/back"):
            assert browser.post(f"/saved-replies/{address}", {"name": "x", "words": "x"}).status_code == 404
        assert SavedReply.objects.get().name == "Opening hours"

    def test_that_does_not_exist_is_not_found(self, signed_in, ben):
        assert signed_in(ben).get("/saved-replies/999").status_code == 404
        assert signed_in(ben).get(f"/saved-replies/{10**30}").status_code == 404
