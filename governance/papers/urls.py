from django.urls import path

from governance.papers.views import commentary, findings, introduction, papers, promises, signoff, twin

urlpatterns = [
    path("commentary/<slug:code>/", commentary.commentary_list, name="commentary-list"),
    path("commentary/<slug:code>/<slug:slug>/", commentary.commentary_detail, name="commentary-detail"),
    path("commentary/<slug:code>/<slug:slug>/move/", commentary.commentary_move, name="commentary-move"),
    path("papers/", papers.paper_list, name="paper-list"),
    path("papers/<slug:code>/", papers.paper_detail, name="paper-detail"),
    path("papers/<slug:code>/move/", papers.paper_move, name="paper-move"),
    path("papers/<slug:code>/preview/", papers.paper_preview, name="paper-preview"),
    path("papers/<slug:code>/introduction/", introduction.introduction_edit, name="introduction-edit"),
    path("papers/<slug:code>/introduction/approve/", introduction.introduction_approve, name="introduction-approve"),
    path("papers/<slug:code>/topics/new/", introduction.topic_edit, name="topic-create"),
    path("papers/<slug:code>/topics/<int:pk>/", introduction.topic_edit, name="topic-edit"),
    path("papers/<slug:code>/topics/<int:pk>/remove/", introduction.topic_remove, name="topic-remove"),
    path("papers/<slug:code>/promises/", promises.promise_list, name="promise-list"),
    path("papers/<slug:code>/promises/<slug:key>/", promises.promise_hold, name="promise-hold"),
    path("papers/<slug:code>/promises/<slug:key>/dismiss/", promises.promise_dismiss, name="promise-dismiss"),
    path("papers/<slug:code>/findings/<slug:key>/dismiss/", findings.finding_dismiss, name="finding-dismiss"),
    path("papers/<slug:code>/findings/<int:pk>/restore/", findings.finding_restore, name="finding-restore"),
    path("papers/<slug:code>/sign/", signoff.paper_signoff, name="paper-signoff"),
    path("papers/<slug:code>/publish/", signoff.paper_publish, name="paper-publish"),
    path("papers/<slug:code>/withdraw/", signoff.paper_withdraw, name="paper-withdraw"),
    path("papers/<slug:code>/read/", twin.paper_read, name="paper-read"),
    path("papers/<slug:code>/content.json", twin.paper_content, name="paper-content"),
    path("papers/<slug:code>/paper.pdf", twin.paper_file, name="paper-file"),
]
