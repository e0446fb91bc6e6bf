"""International agreements of a province and its bodies, and minutes kept apart from them.

From the idea to the end of force: consultation, signature, report, effect, renewal, amendment, suspension, end;
inheritance from bodies that are no more; texts in several languages; obligations; yearly assessment.
"""
