"""Greetings and condolences: the calendar of occasions, what we send to many addressees, what we receive."""
