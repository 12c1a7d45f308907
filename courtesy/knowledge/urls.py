"""The room's addresses. The public article's page belongs to `trust`."""

from django.urls import path

from courtesy.knowledge.views import articles, languages, saved_replies

staff_urlpatterns = [
    path("articles", articles.articles, name="articles"),
    path("articles/new", articles.new_article, name="article-new"),
    path("shop/languages", languages.languages, name="shop_languages"),
    path("shop/languages/choice", languages.languages_choice, name="shop_languages_choice"),
    path("saved-replies", saved_replies.saved_replies, name="saved-replies"),
    path("saved-replies/new", saved_replies.new_saved_reply, name="saved-reply-new"),
    path("saved-replies/<int:reply_id>", saved_replies.edit_saved_reply, name="saved-reply"),
    path("saved-replies/<int:reply_id>/away", saved_replies.put_away, name="saved-reply-away"),
    path("saved-replies/<int:reply_id>/back", saved_replies.bring_back, name="saved-reply-back"),
    path("articles/<slug:slug>", articles.article, name="article"),
    path("articles/<slug:slug>/edit", articles.edit_article, name="article-edit"),
    path("articles/<slug:slug>/away", articles.put_away, name="article-away"),
    path("articles/<slug:slug>/back", articles.bring_back, name="article-back"),
    path("articles/<slug:slug>/versions/<int:number>", articles.version, name="article-version"),
    path("articles/<slug:slug>/versions/<int:number>/restore", articles.restore, name="article-restore"),
]
