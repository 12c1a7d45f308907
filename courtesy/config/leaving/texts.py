"""Articles and saved replies as Markdown files, and the README that says what is what."""

import re
from pathlib import Path

from django.utils.text import slugify

from courtesy.knowledge.models import Article, SavedReply


def write_articles(folder: Path) -> int:
    """One file an article, those that were put away too; how many."""
    folder.mkdir(mode=0o700)
    written = 0
    for article in Article.objects.order_by("pk").iterator(chunk_size=100):
        state = "put away" if article.archived_at else article.audience
        head = f"---\ntitle: {_line(article.title)}\nwho may read it: {state}\nlanguage: {article.language}\n"
        head += f"changed: {article.changed_at:%Y-%m-%d}\n---\n\n"
        (folder / f"{article.slug}.md").write_text(f"{head}{article.text.strip()}\n", encoding="utf-8")
        written += 1
    return written


def write_saved_replies(folder: Path) -> int:
    """One file a saved reply; how many."""
    folder.mkdir(mode=0o700)
    written = 0
    for reply in SavedReply.objects.order_by("pk"):
        name = f"{reply.pk}-{slugify(reply.name)[:60]}".rstrip("-")
        text = f"# {_line(reply.name)}\n\n{reply.words.strip()}\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
        written += 1
    return written


def _line(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


README = """What lies here is everything that {shop} had in Courtesy on {day}, in forms that other programs read.
Names, addresses and words of customers stand in it in clear: keep it where only you can read it.

mail.mbox         {mails} mails: every message between you and your customers, thread by thread. What came by
                  mail is as it came, what you sent is as it left, what came by the contact form is
                  written as a mail. Thunderbird (with ImportExportTools), Apple Mail, mutt and Python's
                  `mailbox` read it. Three lines were added on top of each: X-Courtesy-Thread,
                  X-Courtesy-Message and X-Courtesy-Way (in or out), the numbers of the tables below.
                  An answer that was taken back before it left says X-Courtesy-Taken-Back.
set-aside.mbox    {aside} things that came and were not read yet, could not be read, or belong to no thread.
tables/           One CSV file each, UTF-8, with a first line that names the columns:
{tables}
                  A cell that a spreadsheet would take for a formula has an apostrophe before it.
                  Notes among colleagues stand in messages.csv, with the kind "note".
articles/         {articles} articles in Markdown, each with what it is called and who may read it on top.
saved-replies/    {replies} saved replies in Markdown.

{erased} messages of customers whose data were erased are not here; nobody can read them any more.
Not here: passwords, keys, sessions, the ledger and what the machine thought. A backup holds those
(courtesy backup); only Courtesy reads it.
"""
