"""The office face: pages for officers and leaders."""
