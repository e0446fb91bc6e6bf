"""Addresses of the nation's figures, and of packages between offices of different servers."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import nation, packages

urlpatterns: list[URLPattern] = [
    path("nation/", nation.nation, name="nation"),
    path("nation/<slug:book>", nation.nation_province, name="nation-province"),
    path("packages/", packages.packages, name="packages"),
    path("packages/keys", packages.package_keys, name="package-keys"),
    path("packages/keys/<slug:office>.pub", packages.package_key_file, name="package-key-file"),
    path("packages/<uuid:uid>", packages.package, name="package"),
    path("packages/<uuid:uid>/ask", packages.package_ask, name="package-ask"),
    path("packages/<uuid:uid>/decide", packages.package_decide, name="package-decide"),
    path("packages/<uuid:uid>/letter", packages.package_letter, name="package-letter"),
    path("packages/<uuid:uid>/documents/<slug:ending>", packages.package_document, name="package-document"),
    path("packages/made/<uuid:uid>", packages.package_sent, name="package-sent"),
    path("packages/made/<uuid:uid>/file", packages.package_file, name="package-file"),
    path("packages/made/<uuid:uid>/answers", packages.package_answers, name="package-answers"),
    path("packages/questions/<uuid:uid>", packages.package_answer, name="package-answer"),
    path("reports/<uuid:uid>/package", packages.package_new, name="package-new"),
]
