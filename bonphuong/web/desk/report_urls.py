"""Addresses of what is done with reports beside writing them: review, periods, estimates."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import closing, reviewing, sending

_REVIEW = "reports/<uuid:uid>/review"
urlpatterns: list[URLPattern] = [
    path("reports/periods/", closing.report_periods, name="report-periods"),
    path("reports/periods/<int:closing>", closing.report_period, name="report-period"),
    path("reports/estimates", closing.report_estimates, name="report-estimates"),
    path("reports/<uuid:uid>/sent", sending.report_sent, name="report-sent"),
    path("reports/<uuid:uid>/sent/<uuid:sending>/back", sending.report_sent_undo, name="report-sent-undo"),
    path("reports/<uuid:uid>/file", sending.report_file, name="report-file"),
    path(_REVIEW, reviewing.report_review, name="report-review"),
    path(f"{_REVIEW}/ask", reviewing.report_review_ask, name="report-review-ask"),
    path(f"{_REVIEW}/<uuid:review>/answer", reviewing.report_review_answer, name="report-review-answer"),
    path(f"{_REVIEW}/<uuid:review>/away", reviewing.report_review_withdraw, name="report-review-withdraw"),
    path(
        f"{_REVIEW}/remarks/<uuid:comment>/answer", reviewing.report_remark_reply, name="report-remark-reply"
    ),
    path(
        f"{_REVIEW}/remarks/<uuid:comment>/settle",
        reviewing.report_remark_settle,
        name="report-remark-settle",
    ),
]
