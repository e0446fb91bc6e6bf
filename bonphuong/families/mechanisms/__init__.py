"""Mechanisms of cooperation and their meetings.

Joint working groups, secretaries' conferences, talks, working sessions: the series with its members through time,
each meeting with agenda, participants, programme, minutes, and what was promised there.
"""
