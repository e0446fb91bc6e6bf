"""Every address × every role: who gets the page, who is sent to the door, who hears that there is no such page."""

import datetime as dt
import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from bonphuong.accounts.models import Office, User
from bonphuong.contributions.services import draft_call, send_call
from bonphuong.exchange.services import FeedDraft, subscribe
from bonphuong.families.delegations.models import Member
from bonphuong.families.delegations.services import create
from bonphuong.families.twinning.models import Activity
from bonphuong.indicators.own import IndicatorDraft
from bonphuong.indicators.services import make_indicator
from bonphuong.intake.services import dry_run, stage_text
from bonphuong.kernel import clock
from bonphuong.kit.services import create as enter
from bonphuong.kit.services import merge
from bonphuong.papers import storage
from bonphuong.papers.enums import TemplateCode
from bonphuong.papers.services import PaperNote, add_template, file_paper, shipped_template
from bonphuong.parties.enums import NameLanguage, TieKind
from bonphuong.parties.models import Party
from bonphuong.parties.services import add_alias, add_post, create_person, tie_party
from bonphuong.procedures.services import Body
from bonphuong.reader.models import StoredClaim
from bonphuong.reader.services import Acceptance, accept_claim, file_and_read
from bonphuong.records.registry import get_family
from bonphuong.records.services import CommitmentDraft, add_commitment, ask_opinions, attach_papers, link
from bonphuong.reports.briefing import Wanted
from bonphuong.reports.models import ReportDefinition
from bonphuong.reports.services import (
    add_comment,
    ask_review,
    begin_form,
    build_draft,
    close_report_period,
    make_briefing,
    note_sending,
    sign_edition,
)
from bonphuong.trail.models import Action
from bonphuong.web.desk.handbook import is_told
from tests.factories.contributions import call_draft
from tests.factories.delegations import member, outbound
from tests.factories.exchange import LineQueryFactory, ReceivedPackageFactory, SentPackageFactory
from tests.factories.reports import EditionFactory
from tests.web.conftest import BACKEND, DAY

#: Column of the table → account of the demonstration.
PEOPLE = {
    "stranger": "",
    "officer": "canbo",
    "head": "truongphong",
    "leader": "lanhdao",
    "auditor": "kiemtra",
    "clerk": "vanthu.yte",
    "admin": "quantri",
    "union": "canbo.hunghi",
    "elsewhere": "canbo.laocai",
}
SHEET = "Tên đoàn\tNước đến\tNgày đi\tNgày về\tSố người\nThăm Phongsaly\tLào\t03/06/2025\t05/06/2025\t4\n"
ARTICLE = (
    "09:15 | 20/11/2025\nLai Châu tăng cường đối ngoại\n"
    "Tỉnh Lai Châu chi trả toàn bộ kinh phí cho 46 lưu học sinh Lào. Tỉnh đã cử 42 đoàn ra nước ngoài công tác.\n"
    "Ngày 18/11/2025, đoàn châu Hồng Hà (Trung Quốc) đã thăm và làm việc với tỉnh Lai Châu.\n"
    "Tại buổi làm việc, Chủ tịch VUFO Nguyễn Văn Mẫu đề nghị tỉnh Lai Châu đẩy mạnh giao lưu nhân dân.\n"
)

# Method and page; then one status for each of PEOPLE, in that order. 302 is the door for a stranger and "done" for
# others, 403 a refusal with its reason, 404 "no such page", 405 a way that the page does not know, 422 "mend this".
ROWS = """
GET  begun                    302 200 200 200 200 200 200 200 200
POST begun                    302 405 405 405 405 405 405 405 405
POST begun-forget             302 404 404 404 404 404 404 404 404
POST begun-keep               302 404 404 404 404 404 404 404 404
GET  calendar                 302 200 200 200 200 200 404 200 200
GET  calendar-feed            200 200 200 200 200 200 200 200 200
POST calendar-feed-revoke     302 302 404 404 404 404 404 404 404
GET  calendar-feeds           302 200 200 200 200 200 404 200 200
POST calendar-feeds           302 422 422 422 422 422 404 422 422
GET  calendar-new             302 200 200 404 404 200 404 200 200
GET  call                     302 200 200 404 404 200 404 404 404
POST call                     302 200 200 404 404 200 404 404 404
GET  call-answer              302 200 200 404 404 200 404 404 404
POST call-answer              302 422 422 404 404 422 404 404 404
POST call-chase               302 302 302 404 404 404 404 404 404
POST call-close               302 302 302 404 404 404 404 404 404
GET  call-edit                302 200 200 404 404 404 404 404 404
POST call-edit                302 422 422 404 404 404 404 404 404
GET  call-file-back           302 200 200 404 404 200 404 404 404
POST call-file-back           302 422 422 404 404 422 404 404 404
GET  call-form-file           302 200 200 404 404 200 404 404 404
POST call-judge               302 302 302 404 404 404 404 404 404
GET  call-new                 302 200 200 404 404 404 404 200 200
POST call-new                 302 422 422 404 404 404 404 422 422
GET  call-question            302 200 200 404 404 404 404 404 404
POST call-question            302 422 422 404 404 404 404 404 404
POST call-send                302 302 302 404 404 404 404 404 404
POST call-state               302 302 302 404 404 404 404 404 404
GET  calls                    302 200 200 200 200 200 404 200 200
GET  chosen                   302 200 200 200 200 200 404 200 200
POST chosen                   302 422 422 422 422 422 404 422 422
GET  claim-accept             302 200 200 404 404 404 404 404 404
POST claim-accept             302 422 422 404 404 404 404 404 404
POST claim-aside              302 302 302 404 404 404 404 404 404
GET  claim-follow             302 200 200 404 404 404 404 404 404
POST claim-follow             302 422 422 404 404 404 404 404 404
GET  claim-record             302 200 200 404 404 404 404 404 404
POST claim-record             302 422 422 404 404 404 404 404 404
GET  claim-withdraw           302 200 200 404 404 404 404 404 404
POST claim-withdraw           302 422 422 404 404 404 404 404 404
GET  commitment-change        302 200 200 404 404 404 404 404 404
POST commitment-change        302 422 422 404 404 404 404 404 404
GET  commitment-new           302 200 200 404 404 404 404 404 404
POST commitment-new           302 422 422 404 404 404 404 404 404
GET  delegation               302 200 200 200 200 404 404 404 404
GET  delegation-edit          302 200 200 404 404 404 404 404 404
POST delegation-edit          302 422 422 404 404 404 404 404 404
GET  delegation-members       302 200 200 404 404 404 404 404 404
POST delegation-members       302 200 200 404 404 404 404 404 404
GET  delegation-new           302 200 200 404 404 200 404 200 200
POST delegation-new           302 422 422 404 404 422 404 422 422
GET  delegation-print         302 200 200 200 200 404 404 404 404
POST delegation-print         302 404 404 404 404 404 404 404 404
GET  delegation-print-file    302 200 200 200 200 404 404 404 404
POST delegation-print-file    302 200 200 200 200 404 404 404 404
GET  delegation-step          302 200 200 403 403 404 404 404 404
POST delegation-step          302 422 422 403 403 404 404 404 404
GET  delegations              302 200 200 200 200 200 404 200 200
POST delegations              302 200 200 200 200 200 404 200 200
GET  delegations-file         302 200 200 200 200 200 404 200 200
GET  document                 302 200 200 404 404 404 404 404 404
POST document                 302 200 200 404 404 404 404 404 404
POST double-merge             302 404 404 404 404 404 404 404 404
POST double-part              302 404 404 404 404 404 404 404 404
GET  doubles                  302 200 200 404 404 200 404 200 200
POST doubles                  302 200 200 404 404 200 404 200 200
POST doubles-apart            302 302 302 404 404 404 404 404 404
GET  families                 302 200 200 200 200 200 404 200 200
GET  figure-chart             302 200 200 200 200 200 404 200 200
POST figure-coverage          302 422 422 404 404 404 404 422 422
GET  figure-table             302 200 200 200 200 200 404 200 200
GET  figures                  302 200 200 200 200 200 404 200 200
POST figures                  302 200 200 200 200 200 404 200 200
GET  first-password           404 404 404 404 404 404 404 404 404
POST first-password           404 404 404 404 404 404 404 404 404
GET  glossary                 302 200 200 200 200 200 200 200 200
GET  form-adopt               302 404 200 404 404 404 200 404 404
POST form-adopt               302 404 422 404 404 404 422 404 404
GET  form-annex               302 404 200 404 404 404 200 404 404
POST form-annex               302 404 422 404 404 404 422 404 404
GET  form-block               302 404 200 404 404 404 200 404 404
POST form-block               302 404 422 404 404 404 422 404 404
GET  form-draft               302 404 200 404 404 404 200 404 404
POST form-draft               302 404 422 404 404 404 422 404 404
GET  form-file                302 404 200 404 404 404 200 404 404
POST form-file                302 404 422 404 404 404 422 404 404
GET  form-history             302 404 200 404 404 404 200 404 404
POST form-history             302 404 422 404 404 404 422 404 404
GET  form-preview             302 404 200 404 404 404 403 404 404
GET  form-section             302 404 200 404 404 404 200 404 404
POST form-section             302 404 422 404 404 404 422 404 404
GET  form-text                302 404 200 404 404 404 200 404 404
POST form-text                302 404 422 404 404 404 422 404 404
GET  form-version-file        302 404 200 404 404 404 200 404 404
GET  help                     302 200 200 200 200 200 200 200 200
GET  help-page                302 200 200 200 200 200 200 200 200
GET  help-picture             302 200 200 200 200 200 200 200 200
GET  help-search              302 200 200 200 200 200 200 200 200
POST here                     302 200 200 200 200 404 404 404 404
GET  home                     302 200 200 200 200 200 302 200 200
GET  import-bad-rows          302 200 200 404 404 404 404 404 404
GET  import-batch             302 200 200 404 404 404 404 404 404
POST import-batch             302 200 200 404 404 404 404 404 404
GET  import-columns           302 200 200 404 404 404 404 404 404
POST import-columns           302 302 302 404 404 404 404 404 404
POST import-post              302 302 302 404 404 404 404 404 404
GET  import-template          302 200 200 404 404 404 404 200 200
GET  import-templates         302 200 200 404 404 404 404 200 200
POST import-twins             302 302 302 404 404 404 404 404 404
GET  import-undo              302 200 200 404 404 404 404 404 404
POST import-undo              302 422 422 404 404 404 404 404 404
GET  imports                  302 200 200 404 404 404 404 200 200
POST imports                  302 422 422 404 404 404 404 422 422
POST language                 302 302 302 302 302 302 302 302 302
GET  lesson                   302 200 200 200 200 200 200 200 200
POST lesson                   302 405 405 405 405 405 405 405 405
POST lesson-go                302 404 404 404 404 404 404 404 404
GET  line-reveal              302 404 404 404 404 404 404 404 404
POST line-reveal              302 404 404 404 404 404 404 404 404
GET  login                    200 302 302 302 302 302 302 302 302
POST login                    200 302 302 302 302 302 302 302 302
POST logout                   302 302 302 302 302 302 302 302 302
GET  map                      302 200 200 200 200 200 404 200 200
GET  map-file                 302 200 200 200 200 200 404 200 200
GET  member-reveal            302 200 200 404 404 404 404 404 404
POST member-reveal            302 422 422 404 404 404 404 404 404
GET  nation                   302 404 404 404 404 404 404 404 404
GET  nation-province          302 404 404 404 404 404 404 404 404
GET  notices                  302 200 200 200 200 200 200 200 200
POST notices                  302 302 302 302 302 302 302 302 302
GET  list-views               302 200 200 200 200 200 404 200 200
POST list-views               302 422 422 422 422 422 404 422 422
GET  opinion                  302 200 200 200 200 404 404 404 404
POST opinion                  302 422 422 403 403 404 404 404 404
GET  opinion-ask              302 200 200 404 404 404 404 404 404
POST opinion-ask              302 422 422 404 404 404 404 404 404
GET  opinion-defer            302 200 200 404 404 404 404 404 404
POST opinion-defer            302 422 422 404 404 404 404 404 404
GET  opinion-withdraw         302 200 200 404 404 404 404 404 404
POST opinion-withdraw         302 422 422 404 404 404 404 404 404
GET  opinions                 302 200 200 200 200 200 404 200 200
GET  package                  302 404 404 404 404 404 404 404 404
POST package-answer           302 422 422 404 404 404 404 404 404
GET  package-answers          302 200 200 404 404 404 404 404 404
POST package-ask              302 404 404 404 404 404 404 404 404
POST package-decide           302 404 404 404 404 404 404 404 404
GET  package-document         302 404 404 404 404 404 404 404 404
GET  package-file             302 200 200 404 404 404 404 404 404
POST package-key-file         302 200 200 404 404 404 404 404 404
GET  package-keys             302 200 200 200 200 200 404 200 200
POST package-keys             302 403 422 403 403 403 404 403 403
GET  package-letter           302 404 404 404 404 404 404 404 404
GET  package-new              302 200 200 404 404 404 404 404 404
POST package-new              302 422 422 404 404 404 404 404 404
GET  package-sent             302 200 200 200 200 404 404 404 404
GET  packages                 302 200 200 200 200 200 404 200 200
POST packages                 302 422 422 403 403 403 404 422 422
GET  paper                    302 200 200 200 200 404 404 404 404
GET  paper-add-file           302 200 200 200 404 404 404 404 404
POST paper-add-file           302 422 422 422 404 404 404 404 404
GET  paper-file               302 200 200 200 200 404 404 404 404
GET  paper-new                302 200 200 403 404 404 404 404 404
POST paper-new                302 422 422 403 404 404 404 404 404
GET  paper-number             302 200 200 200 404 404 404 404 404
POST paper-number             302 422 422 422 404 404 404 404 404
GET  paper-template           302 200 200 404 404 404 200 200 200
POST paper-template           302 422 422 404 404 404 422 422 422
GET  paper-template-end       302 200 200 404 404 404 200 404 404
POST paper-template-end       302 422 422 404 404 404 422 404 404
GET  paper-template-file      302 200 200 404 404 404 200 200 200
GET  paper-template-version   302 200 200 404 404 404 200 404 404
GET  paper-templates          302 200 200 404 404 404 200 200 200
GET  papers                   302 200 200 200 200 200 404 200 200
GET  briefing                 302 200 200 200 200 404 404 404 404
GET  briefing-download        302 200 200 200 200 404 404 404 404
GET  briefing-new             302 200 200 404 404 404 404 200 200
POST briefing-new             302 422 422 404 404 404 404 422 422
GET  partner                  302 200 200 200 200 200 200 200 200
GET  partner-edit             302 200 200 404 404 404 404 200 200
POST partner-edit             302 422 422 404 404 404 404 422 422
POST partner-name-away        302 302 302 404 404 404 404 302 302
GET  partner-names            302 200 200 404 404 404 404 200 200
POST partner-names            302 422 422 404 404 404 404 422 422
GET  partner-new              302 200 200 404 404 404 404 200 200
POST partner-new              302 422 422 404 404 404 404 422 422
GET  partner-note             302 200 200 404 404 404 404 200 200
POST partner-note             302 422 422 404 404 404 404 422 422
GET  partner-person           302 200 200 404 404 404 404 404 404
POST partner-person           302 422 422 404 404 404 404 404 404
GET  partner-person-new       302 200 200 404 404 404 404 200 200
POST partner-person-new       302 422 422 404 404 404 404 422 422
GET  partner-post-end         302 200 200 404 404 404 404 404 404
POST partner-post-end         302 422 422 404 404 404 404 404 404
GET  partner-promise          302 200 200 404 404 200 404 200 200
POST partner-promise          302 422 422 404 404 422 404 422 422
GET  partner-settle           302 200 200 404 404 404 404 404 404
POST partner-settle           302 422 422 404 404 404 404 404 404
GET  partner-tie              302 200 200 404 404 404 404 200 200
POST partner-tie              302 422 422 404 404 404 404 422 422
GET  partner-tie-end          302 200 200 404 404 404 404 404 404
POST partner-tie-end          302 422 422 404 404 404 404 404 404
GET  partners                 302 200 200 200 200 200 200 200 200
GET  reader                   302 200 200 404 404 404 404 200 200
POST reader                   302 422 422 404 404 404 404 422 422
GET  record                   302 200 200 200 200 404 404 404 404
GET  record-act               302 200 200 403 403 404 404 404 404
POST record-act               302 422 422 403 403 404 404 404 404
GET  record-calendar          302 200 200 200 200 404 404 404 404
GET  record-edit              302 200 200 404 404 404 404 404 404
POST record-edit              302 422 422 404 404 404 404 404 404
GET  record-lines             302 200 200 404 404 404 404 404 404
POST record-lines             302 422 422 404 404 404 404 404 404
GET  record-link              302 200 200 404 404 404 404 404 404
POST record-link              302 422 422 404 404 404 404 404 404
GET  record-merge             302 200 200 404 404 404 404 404 404
POST record-merge             302 422 422 404 404 404 404 404 404
GET  record-new               302 200 200 404 404 200 404 200 200
POST record-new               302 422 422 404 404 422 404 422 422
GET  record-print             302 200 200 200 200 404 404 404 404
POST record-print             302 404 404 404 404 404 404 404 404
GET  record-print-file        302 200 200 200 200 404 404 404 404
POST record-print-file        302 200 200 200 200 404 404 404 404
GET  record-reveal            302 404 404 404 404 404 404 404 404
POST record-reveal            302 404 404 404 404 404 404 404 404
GET  record-step              302 200 200 403 403 404 404 404 404
POST record-step              302 422 422 403 403 404 404 404 404
GET  record-strike            302 200 200 404 404 404 404 404 404
POST record-strike            302 422 422 404 404 404 404 404 404
GET  record-unlink            302 200 200 404 404 404 404 404 404
POST record-unlink            302 302 302 404 404 404 404 404 404
GET  record-unmerge           302 200 200 404 404 404 404 404 404
POST record-unmerge           302 422 422 404 404 404 404 404 404
GET  records                  302 200 200 200 200 200 404 200 200
POST records                  302 200 200 200 200 200 404 200 200
GET  records-file             302 200 200 200 200 200 404 200 200
GET  report                   302 200 200 200 404 404 404 404 404
POST report                   302 200 200 200 404 404 404 404 404
GET  report-compare           302 200 200 200 404 404 404 404 404
POST report-discard           302 302 302 404 404 404 404 404 404
GET  report-download          302 200 200 200 404 404 404 404 404
POST report-estimate          302 302 302 404 404 404 404 404 404
POST report-number            302 302 302 404 404 404 404 404 404
GET  report-estimates         302 200 200 200 200 200 404 200 200
GET  report-period            302 200 200 200 200 404 404 404 404
POST report-period            302 403 422 403 403 404 404 404 404
GET  report-periods           302 200 200 200 200 200 404 200 200
POST report-periods           302 403 422 403 403 403 404 403 403
POST report-file              302 302 302 302 404 404 404 404 404
GET  report-part              302 200 200 404 404 404 404 404 404
POST report-part              302 302 302 404 404 404 404 404 404
POST report-remark-reply      302 302 302 302 404 404 404 404 404
POST report-remark-settle     302 302 302 302 404 404 404 404 404
GET  report-review            302 200 200 200 404 404 404 404 404
POST report-review            302 422 422 422 404 404 404 404 404
POST report-review-answer     302 422 422 422 404 404 404 404 404
GET  report-review-ask        302 200 200 404 404 404 404 404 404
POST report-review-ask        302 422 422 404 404 404 404 404 404
POST report-review-withdraw   302 302 302 404 404 404 404 404 404
GET  report-sent              302 200 200 200 200 404 404 404 404
POST report-sent              302 422 422 403 403 404 404 404 404
POST report-sent-undo         302 302 302 404 404 404 404 404 404
GET  report-sign              302 404 200 200 404 404 404 404 404
POST report-sign              302 404 422 422 404 404 404 404 404
GET  report-verify            302 200 200 200 200 200 404 200 200
POST report-verify            302 422 422 422 422 422 404 422 422
GET  reports                  302 200 200 200 200 200 404 200 200
POST reports                  302 422 422 403 403 403 404 422 422
GET  search                   302 200 200 200 200 200 404 200 200
GET  settings                 302 200 200 200 200 200 200 200 200
GET  settings-deed            302 404 200 404 404 404 200 404 404
POST settings-deed            302 404 422 404 404 404 422 404 404
GET  settings-forms           302 404 200 404 404 404 200 404 404
POST settings-forms           302 404 404 404 404 404 404 404 404
GET  settings-indicator       302 404 200 404 404 404 200 404 404
POST settings-indicator       302 404 422 404 404 404 422 404 404
GET  settings-indicator-new   302 404 200 404 404 404 200 404 404
POST settings-indicator-new   302 404 422 404 404 404 422 404 404
GET  settings-installation    302 404 200 404 200 404 200 404 404
GET  settings-move            302 404 200 404 404 404 200 404 404
POST settings-move            302 404 422 404 404 404 422 404 404
GET  settings-new             302 404 200 404 404 404 200 404 404
POST settings-new             302 404 422 404 404 404 422 404 404
GET  settings-password        302 200 200 200 200 200 200 200 200
POST settings-password        302 422 422 422 422 422 422 422 422
GET  settings-permissions     302 404 200 404 404 404 200 404 404
GET  settings-procedure       302 404 200 404 404 404 200 404 404
GET  settings-procedures      302 404 200 404 404 404 200 404 404
GET  settings-profile         302 200 200 200 200 200 200 200 200
POST settings-profile         302 422 422 422 422 422 422 422 422
GET  settings-row             302 404 200 404 404 404 200 404 404
GET  settings-table           302 404 200 404 404 404 200 404 404
GET  styleguide               302 200 200 200 200 200 200 200 200
GET  to-do                    302 200 200 200 200 200 404 200 200
GET  trail                    302 200 200 200 200 404 200 200 200
GET  trail-action             302 200 200 200 200 404 200 404 404
GET  trail-file               302 200 200 200 200 404 200 200 200
GET  trail-check              302 404 405 404 405 404 405 404 404
POST trail-check              302 404 200 404 200 404 200 404 404
GET  unfiled                  302 200 200 200 200 200 404 200 200
"""


def rows():
    for line in ROWS.strip().splitlines():
        method, page, *statuses = line.split()
        yield pytest.param(
            method, page, dict(zip(PEOPLE, map(int, statuses), strict=True)), id=f"{method} {page}"
        )


def _patterns(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from _patterns(entry)


PAGES = sorted({entry.name for entry in _patterns(get_resolver())})


@pytest.fixture(scope="module")
def arguments(lai_chau, django_db_blocker):
    """Page → what stands in its address: things of the focal agency of the province, entered by its officer."""
    with django_db_blocker.unblock(), clock.fixed(DAY):
        yield arguments_of(User.objects.get(username="canbo"))


def arguments_of(officer):
    """Page → an address of it, over records that are made for it."""
    record = create(outbound(members=(member(),)), office_code="lc-dofa", actor=officer)
    paper = _paper(record, officer)
    batch = stage_text(SHEET, office_code="lc-dofa", actor=officer, kind="outbound")
    dry_run(batch, actor=officer)
    edition = build_draft(actor=officer, office="lai-chau", code="monthly", period="2025-11")
    template = add_template(
        actor=officer,
        code="member_list",
        office_code="lc-dofa",
        content=shipped_template(TemplateCode.MEMBER_LIST),
        file_name="danh sách.docx",
        valid_from=dt.date(2025, 12, 1),
    )
    uids = {
        "delegation": record.pk,
        "paper": paper.pk,
        "opinion": _opinion(record, officer).pk,
        "opinion-ask": record.pk,
        "first-password": officer.pk,
        "import": batch.pk,
        "report": edition.pk,
        "trail": Action.objects.filter(office="lc-dofa").latest("id").uid,
        "paper-template-version": template.pk,
        "paper-template-end": template.pk,
        "paper-new": record.pk,
        "commitment-new": record.pk,
        "commitment-change": record.pk,
        "member-reveal": record.pk,
        **_claims(officer),
    }
    call, invitee = _call(officer)
    uids |= {"call": call.pk, **dict.fromkeys(ANSWERING, invitee.pk)}
    pair, twin, double = (_pair(officer, name) for name in ("Pô Tô", "Bản Mẫu", "Bản Thử"))
    merge(twin, double, expected_version=double.version, actor=officer, reason="Trùng")
    link(pair, twin, "related", actor=officer)
    feed, token = subscribe(FeedDraft("Lịch"), actor=officer)
    uids |= {"calendar-feed-revoke": feed.pk}
    uids |= {"record": pair.pk, "record-unmerge": double.pk, "line-reveal": pair.pk}
    draft = CommitmentDraft("Gửi danh sách đoàn", "lc-dofa", party_code="la-phongsaly")
    promise = add_commitment(draft, actor=officer, record=record)
    more = {
        "token": token,
        **_partner(officer),
        "other": twin.pk,
        "about": record.pk,
        "one": pair.pk,
        "question": call.questions.first().pk,
        "family": "twinning",
        "line": Activity.objects.filter(row=pair.pk).first().pk,
        "commitment": promise.pk,
        "member": Member.objects.get(delegation=record.pk).pk,
    }
    uids["briefing"] = _briefing(officer).pk
    more["closing"] = _closing().pk
    uids |= _packages()
    signed, more["sending"] = _sent(officer)
    uids |= dict.fromkeys(("report-sent", "report-sent-undo", "report-file"), signed)
    more |= _review(edition, officer)
    keeper = User.objects.get(username="quantri")
    _indicator(keeper)
    uids["form"] = begin_form(actor=keeper, office="lc-dofa", code="monthly").pk
    more["pk"] = ReportDefinition.objects.filter(code="monthly", office_code="").latest("pk").pk
    return {page: _address(page, uids, more) for page in PAGES}


def _indicator(keeper):
    draft = IndicatorDraft("Đoàn đi Lào", "Trips to Laos", "sum", DAY, measure="outbound.groups")
    make_indicator(actor=keeper, office="lc-dofa", name="doan-lao", draft=draft)


def _partner(officer):
    """A province of Laos with a tie, another name, somebody with a post there, and something promised."""
    party, dofa = Party.objects.get(pk="la-phongsaly"), Office.objects.get(pk="lc-dofa")
    person = create_person(actor=officer, office=dofa, full_name="Tua-yang Một")
    post = add_post(actor=officer, person=person, title_vi="Phó Tỉnh trưởng", party=party)
    tie = tie_party(actor=officer, party=party, office=dofa, kind=TieKind.FRIENDLY)
    name = add_alias(actor=officer, party=party, text="Phong Xa Lỳ", lang=NameLanguage.VI)
    return {"code": party.code, "person": person.pk, "post": post.pk, "tie": tie.pk, "alias": name.pk}


def _closing():
    """A month of the province that its head has closed."""
    head = User.objects.get(username="truongphong")
    return close_report_period(actor=head, office="lai-chau", code="monthly", period="2025-08")


def _sent(officer):
    """A signed report of the province that was sent to one."""
    draft = build_draft(actor=officer, office="lai-chau", code="monthly", period="2025-09")
    leader = User.objects.get(username="lanhdao")
    signed = sign_edition(actor=leader, edition=draft, reason="Đủ hồ sơ", close=False)
    [row] = note_sending(actor=officer, edition=signed, road="post", sent_on=DAY, names=["Bộ Ngoại giao"])
    return signed.pk, row.pk


def _review(edition, officer):
    """A draft that its leader is to review, with a remark on it."""
    leader = User.objects.get(username="lanhdao")
    [review] = ask_review(actor=officer, edition=edition, people=[leader], due_on=DAY)
    comment = add_comment(actor=leader, edition=edition, body="Nêu rõ kết quả từng đoàn.")
    return {"review": review.pk, "comment": comment.pk}


def _packages():
    """One package that came to a national office, one made here with a question answered, an edition for another."""
    file = storage.store(b"PK")
    sent = SentPackageFactory(
        office_code="lc-dofa", book="lai-chau", file_digest=file.digest, file_name=file.name
    )
    query = LineQueryFactory(received=None, sent=sent, answer="Đã gồm.", answered_at=clock.now())
    made = dict.fromkeys(("package-sent", "package-file", "package-answers"), sent.pk)
    edition = EditionFactory(status="signed")
    return {
        **made,
        "package": ReceivedPackageFactory().pk,
        "package-answer": query.pk,
        "package-new": edition.pk,
    }


def _briefing(officer):
    """A book of the focal agency; the sums in it are the whole province's."""
    wanted = Wanted(
        party=Party.objects.get(pk="la-phongsaly"),
        office=Office.objects.get(pk="lc-dofa"),
        since=dt.date(2025, 1, 1),
        until=DAY,
    )
    return make_briefing(actor=officer, wanted=wanted)


def _call(officer):
    """A call that was sent to the Department of Health."""
    call = draft_call(call_draft(due_on=DAY), office_code="lc-dofa", actor=officer)
    send_call(call, on=DAY, expected_version=1, actor=officer)
    return call, call.invitees.get(office_code="lc-health")


def _opinion(record, officer):
    # Of a body without people in the desk: an office that is asked sees the record.
    police = Body("police", text="Công an tỉnh Ví Dụ")
    return ask_opinions(record, [police], question="Đề nghị cho ý kiến", on=DAY, actor=officer)[0]


def _pair(officer, name):
    """A pair of the family that stands for all families of the kit."""
    said = {"title": f"{name} – Cửa Cải", "level": "village", "ours_text": name, "partner": name,
            "country": "CN", "signed_on": "19/11/2015"}  # fmt: skip
    lines = {"activities": [{"on": "1/3/2025", "deed": "exchange", "what": "Giao lưu"}]}
    gate = get_family("twinning").get_clean_many()
    [cleaned] = gate([{**said, **lines}], kind="pair", office_code="lc-dofa", actor=officer)
    return enter(cleaned.draft, family="twinning", office_code="lc-dofa", actor=officer)


def _paper(record, officer):
    note = PaperNote(kind="decision", office_code="lc-dofa", reference="123/QĐ-UBND", on=dt.date(2025, 12, 1))
    paper = file_paper(note, actor=officer, content=b"Noi dung", file_name="qd.txt").paper
    attach_papers(record, [paper.pk], actor=officer)
    return paper


def _claims(officer):
    note = PaperNote(kind="news_article", office_code="lc-dofa")
    document = file_and_read(note, content=ARTICLE.encode(), file_name="bai.txt", actor=officer)
    claims = StoredClaim.objects.filter(document=document)
    level = claims.get(subject="students.present")
    accept_claim(level, Acceptance(until=dt.date(2025, 11, 20)), actor=officer)
    return {
        "document": document.pk,
        "claim-accept": claims.get(subject="outbound.groups").pk,
        "claim-aside": claims.get(subject="outbound.groups").pk,
        "claim-follow": claims.get(kind="request").pk,
        "claim-record": claims.filter(kind__in=["visit", "session"]).first().pk,
        "claim-withdraw": level.pk,
    }


#: Pages of one addressee of a call.
ANSWERING = ("call-answer", "call-form-file", "call-file-back", "call-judge")
#: Other parts of addresses than the uid.
EXTRAS = {
    "double-merge": {"kind": "party"},
    "double-part": {"kind": "party"},
    "briefing-download": {"ending": "docx"},
    "delegation-step": {"code": "submit"},
    "delegation-print-file": {"code": "outbound_submission"},
    "paper-template": {"code": "member_list"},
    "paper-template-file": {"code": "member_list"},
    "line-reveal": {"name": "activities", "field": "what"},
    "record-act": {"code": "note_activity"},
    "import-template": {"kind": "pair"},
    "help-page": {"page": "delegations"},
    "help-picture": {"name": "desk.webp"},
    "record-lines": {"name": "activities"},
    "record-print-file": {"code": "minutes"},
    "record-reveal": {"field": "partner"},
    "record-step": {"code": "end"},
    "record-unlink": {"kind": "related"},
    "figure-chart": {"ending": "svg"},
    "figure-table": {"ending": "csv"},
    "map-file": {"ending": "svg"},
    "nation-province": {"book": "lai-chau"},
    "package-document": {"ending": "docx"},
    "package-key-file": {"office": "lc-dofa"},
    "records-file": {"ending": "csv"},
    "first-password": {"token": "abc-def"},
    "settings-deed": {"table": "offices", "key": "lc-dofa", "deed": "rename"},
    "form-annex": {"number": 0},
    "form-block": {"number": 2, "block": 0},
    "form-history": {"office": "lc-dofa", "code": "monthly", "lang": "vi"},
    "form-section": {"number": 2},
    "form-text": {"name": "opening"},
    "settings-indicator": {"key": "own.lc-dofa.doan-lao.1"},
    "settings-move": {"code": "delegations.outbound"},
    "settings-new": {"table": "offices"},
    "settings-procedure": {"code": "delegations.outbound"},
    "settings-row": {"table": "offices", "key": "lc-dofa"},
    "settings-table": {"table": "offices"},
    "report-part": {"slot": "context"},
    "report-download": {"ending": "json"},
}


def _address(page, uids, more):
    entry = next(entry for entry in _patterns(get_resolver()) if entry.name == page)
    wanted = set(entry.pattern.converters)
    given = {**more, **EXTRAS.get(page, {})}
    if "uid" in wanted:
        given["uid"] = uids.get(page) or uids[page.split("-")[0]]
    return reverse(f"desk:{page}", kwargs={name: given[name] for name in wanted})


@pytest.fixture(scope="module")
def clients(lai_chau, django_db_blocker):
    """A browser for each of PEOPLE, signed in once."""
    with django_db_blocker.unblock(), clock.fixed(DAY):
        found = {}
        for column, username in PEOPLE.items():
            found[column] = Client()
            if username:
                found[column].force_login(User.objects.get(username=username), backend=BACKEND)
        yield found


def _ask(client, method, address):
    """The status of one request; whatever it did is taken back, a signing out too."""
    kept = client.cookies.copy()
    with transaction.atomic():
        given = {} if method == "GET" else {"sent": "yes"}
        status = getattr(client, method.lower())(address, given).status_code
        transaction.set_rollback(True)
    client.cookies = kept
    return status


@pytest.mark.each_case
@pytest.mark.parametrize(("method", "page", "expected"), list(rows()))
def test_each_role_gets_what_it_may(today, arguments, clients, method, page, expected):
    found = {column: _ask(client, method, arguments[page]) for column, client in clients.items()}
    assert found == expected


def test_every_address_stands_in_the_table():
    told = {row.values[1] for row in rows()}
    assert (set(PAGES) - told, told - set(PAGES)) == (set(), set())


def test_every_page_that_takes_a_form_stands_there_twice(today, arguments, clients):
    """A page whose form somebody may send is also tried by sending it."""
    sent = {row.values[1] for row in rows() if row.values[0] == "POST"}
    forgotten = [
        page
        for page in PAGES
        if page not in sent and _takes_a_form(clients["officer"].get(arguments[page]), arguments[page])
    ]
    assert forgotten == []


def test_every_page_leads_to_the_help_that_speaks_of_it(today, arguments, clients):
    shown = {row.values[1] for row in rows() if row.values[0] == "GET" and row.values[2]["officer"] == 200}
    untold = []
    for page in sorted(shown):
        answer = clients["officer"].get(arguments[page])
        is_page = not answer.streaming and b"<main" in answer.content
        if is_page and not (is_told(page) and b"bell--help" in answer.content):
            untold.append(page)
    assert untold == []


def _takes_a_form(answer, address):
    """Whether a form of the page itself is sent to the page: one that goes elsewhere is tried there."""
    sent_here = (b'action="', f'action="{address}"'.encode())
    forms = re.findall(rb"<form[^>]*>", _main(answer))
    return any(
        b'method="post"' in form and (sent_here[0] not in form or sent_here[1] in form) for form in forms
    )


def _main(answer):
    """What the page itself holds, without the frame, whose menu has forms of its own; nothing where there is none."""
    if answer.status_code == 404:
        return b""
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return whole.partition(b"<main")[2]
