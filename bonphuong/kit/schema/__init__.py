"""The one validating gate of every family made of the kit: forms, sheets, the reader and the API wrap it."""

from bonphuong.kit.schema.gate import clean_many, clean_values

__all__ = ["clean_many", "clean_values"]
