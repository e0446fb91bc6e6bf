"""Addresses of calls for contributions."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import answering, calls

urlpatterns: list[URLPattern] = [
    path("calls/", calls.calls, name="calls"),
    path("calls/new", calls.call_new, name="call-new"),
    path("calls/<uuid:uid>", calls.call, name="call"),
    path("calls/<uuid:uid>/edit", calls.call_edit, name="call-edit"),
    path("calls/<uuid:uid>/send", calls.call_send, name="call-send"),
    path("calls/<uuid:uid>/close", calls.call_close, name="call-close"),
    path("calls/<uuid:uid>/remind", calls.call_chase, name="call-chase"),
    path("calls/<uuid:uid>/figures", calls.call_state, name="call-state"),
    path("calls/<uuid:uid>/questions/<uuid:question>", calls.call_question, name="call-question"),
    path("calls/answers/<uuid:uid>", answering.call_answer, name="call-answer"),
    path("calls/answers/<uuid:uid>/form.xlsx", answering.call_form_file, name="call-form-file"),
    path("calls/answers/<uuid:uid>/file", answering.call_file_back, name="call-file-back"),
    path("calls/answers/<uuid:uid>/judge", answering.call_judge, name="call-judge"),
]
