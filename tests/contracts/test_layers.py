"""What import-linter cannot see: names of models and of apps that are given as text."""

import ast

from tests.contracts import source

# Whoever logs in is known everywhere; Django itself makes this one exception.
USER_MODEL = "accounts.User"


def test_foreign_keys_point_down():
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in source.own_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model in source.own_models()
        if field.related_model._meta.label != USER_MODEL
        if model._meta.app_label != field.related_model._meta.app_label
        if source.row_of(field.related_model.__module__) >= source.row_of(model.__module__)
    ]
    assert upward == []


def test_models_asked_for_by_name_lie_below():
    app_modules = {model._meta.app_label: model.__module__ for model in source.own_models()}
    upward = []
    for path, tree in source.modules().items():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            if name not in {"get_model", "get_app_config"} or not call.args:
                continue
            label = call.args[0].value.split(".")[0] if isinstance(call.args[0], ast.Constant) else None
            here = source.dotted(path)
            target = app_modules.get(label)
            if (
                target
                and here.split(".")[1] != target.split(".")[1]
                and source.row_of(target) >= source.row_of(here)
            ):
                upward.append(f"{path}:{call.lineno} asks for {label}")
    assert upward == []


def test_http_is_known_to_the_faces_only():
    astray = [
        path
        for path, tree in source.modules().items()
        if not path.startswith(("bonphuong/web/", "bonphuong/config/"))
        if any(
            name == "django.http" or name.startswith("django.http.") for name in source.imported_modules(tree)
        )
    ]
    assert astray == []
