"""What can happen to articles: written, put away, brought back, restored, imported; and read by the encoder."""

from courtesy.knowledge.actions.articles import (
    ChangedMeanwhile,
    NoText,
    NoTitle,
    NotSaved,
    archive_article,
    bring_back,
    encode_missing,
    encode_passages,
    encode_saved,
    remove_articles,
    restore,
    save_article,
)
from courtesy.knowledge.actions.importing import Imported, NoSuchFolder, Problem, import_folder

__all__ = [
    "ChangedMeanwhile",
    "Imported",
    "NoSuchFolder",
    "NoText",
    "NoTitle",
    "NotSaved",
    "Problem",
    "archive_article",
    "bring_back",
    "encode_missing",
    "encode_passages",
    "encode_saved",
    "import_folder",
    "remove_articles",
    "restore",
    "save_article",
]
