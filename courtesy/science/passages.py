"""Cutting an article into passages: pieces short enough to compare and long enough to make sense.

Standard library only: the web process cuts when an article is saved. A passage is one or more whole
paragraphs below one heading; its sentences are pieces of its text, word for word, so that whatever is quoted
from it can be found again in the article.
"""

import re
from dataclasses import dataclass

from courtesy.science.text import plain_of_markdown, sentences

ENOUGH = 350  # characters; shorter paragraphs below the same heading are put together up to here
LONGEST = 900  # about 200 tokens, so that title and passage fit into what the encoder reads


@dataclass(frozen=True)
class Passage:
    """A piece of an article: the heading it stands under (may be empty), its text, and that text's sentences."""

    heading: str
    text: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class PassageText:
    """A stored passage as drafting needs it: its own id, its article's id and title, heading and text."""

    passage_id: int
    article_id: int
    title: str
    heading: str
    text: str

    @property
    def sentences(self) -> tuple[str, ...]:
        """The passage's sentences, each word for word a piece of its text."""
        return tuple(self.text.split("\n"))


def to_encode(title: str, heading: str, text: str) -> str:
    """The words an encoder reads for a passage: with its title, or half the customers would miss it.

    >>> to_encode("Opening hours", "", "Closed on Mondays.")
    'Opening hours. Closed on Mondays.'
    """
    head = title.rstrip(".:! ")
    if heading and heading != title:
        head += ": " + heading.rstrip(".: ")
    return f"{head}. {' '.join(text.split())}" if head else " ".join(text.split())


def readings(title: str, heading: str, text: str) -> list[str]:
    """What an encoder reads to know a passage: the whole with its title first, then each sentence with the title.

    >>> readings("Hours", "", "Open at ten.\\nDogs welcome.")
    ['Hours. Open at ten. Dogs welcome.', 'Hours. Open at ten.', 'Hours. Dogs welcome.']
    """
    return [to_encode(title, heading, text), *(to_encode(title, "", sentence) for sentence in text.split("\n"))]


def cut(title: str, markdown: str) -> list[Passage]:
    """The passages of an article in order; a heading that only repeats the title is left out.

    >>> pieces = cut("Hours", "# Hours\\n\\nOpen at ten. Dogs welcome.\\n\\n## Bus\\n\\nNo. 3.")
    >>> [(one.heading, one.sentences) for one in pieces]
    [('', ('Open at ten.', 'Dogs welcome.')), ('Bus', ('No. 3.',))]
    """
    found: list[Passage] = []
    for heading, body in _sections(markdown):
        shown = "" if heading.strip().lower() == title.strip().lower() else heading
        gathered: list[str] = []
        for paragraph in re.split(r"\n\s*\n", plain_of_markdown(body)):
            for sentence in sentences(paragraph):
                full = sum(map(len, gathered)) + len(sentence) > LONGEST
                if gathered and full:
                    found.append(_passage(shown, gathered))
                    gathered = []
                gathered.append(sentence)
            if sum(map(len, gathered)) >= ENOUGH:
                found.append(_passage(shown, gathered))
                gathered = []
        if gathered:
            found.append(_passage(shown, gathered))
    return found


def _passage(heading: str, gathered: list[str]) -> Passage:
    # One sentence a line: the text shows where a sentence ends and nobody has to guess it again.
    return Passage(heading, "\n".join(gathered), tuple(gathered))


def _sections(markdown: str) -> list[tuple[str, str]]:
    """Headings with what stands below them; fenced code may hold a '#' that is no heading."""
    markdown = re.sub(r"\A---\n.*?\n---\n", "", markdown.replace("\r\n", "\n"), flags=re.DOTALL)
    sections: list[tuple[str, list[str]]] = [("", [])]
    fenced = False
    for line in markdown.split("\n"):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        heading = None if fenced else re.match(r"^ {0,3}#{1,6}\s+(.*?)[\s#]*$", line)
        if heading:
            sections.append((plain_of_markdown(heading[1]), []))
        else:
            sections[-1][1].append(line)
    return [(heading, "\n".join(lines)) for heading, lines in sections if "".join(lines).strip()]
