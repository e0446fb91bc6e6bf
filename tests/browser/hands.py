"""How a person works at a page: with the mouse at a desk, or with the keyboard alone on a narrow screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
# More stops than any page has: a thing that is not reached by then is not reached by the keyboard at all.
MOST_STOPS = 400


class Hand:
    """The deeds of a journey. The same journey is walked once by each kind of hand."""

    def __init__(self, page: Page, *, by_keys: bool) -> None:
        self.page = page
        self.by_keys = by_keys
        page.set_viewport_size(PHONE if by_keys else DESK)

    def press(self, what: Locator) -> None:
        """Follow a link, push a button, open a fold."""
        if not self.by_keys:
            what.click()
            return
        if what.evaluate("one => one.matches('[type=radio]')"):
            self._turn_to(what)
            return
        self._reach(what)
        ticks = what.evaluate("one => one.matches('[type=checkbox]')")
        self.page.keyboard.press("Space" if ticks else "Enter")

    def follow(self, what: Locator) -> None:
        """Follow a link to its page and wait until it is there."""
        with self.page.expect_navigation():
            self.press(what)

    def write(self, what: Locator, text: str) -> None:
        """Put a text in the place of what stands in a field."""
        if not self.by_keys:
            what.fill(text)
            return
        self._reach(what)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def choose(self, what: Locator, label: str) -> None:
        """Take the line of a drop-down that is called so."""
        if not self.by_keys:
            what.select_option(label=label)
            return
        self._reach(what)
        labels = [text.strip() for text in what.locator("option").all_text_contents()]
        self.page.keyboard.press("Home")
        for _step in range(labels.index(label)):
            self.page.keyboard.press("ArrowDown")
        expect(what.locator("option:checked")).to_have_text(label)

    def save(self) -> None:
        """Send the form off."""
        if self.by_keys:
            self.page.keyboard.press("Control+Enter")
        else:
            self.page.locator("[data-save]").first.click()

    def _turn_to(self, what: Locator) -> None:
        """Of radio buttons the Tab key reaches one; from it the arrows go to the others and choose them."""
        self._reach(what, "one => one.name === document.activeElement.name")
        for _step in range(MOST_STOPS):
            if what.evaluate("one => one === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")
        expect(what).to_be_checked()

    def _reach(self, what: Locator, is_there: str = "one => one === document.activeElement") -> None:
        """Go on with the Tab key until the thing has the focus, and see that the focus is seen."""
        expect(what).to_be_visible()
        for _stop in range(MOST_STOPS):
            if what.evaluate(is_there):
                break
            self.page.keyboard.press("Tab")
        assert what.evaluate(is_there), f"{what} is not reached by the Tab key"
        seen = self.page.locator(":focus").evaluate(
            "one => { const s = getComputedStyle(one); return s.outlineStyle !== 'none' || s.boxShadow !== 'none' }"
        )
        assert seen, f"the focus is not to be seen on {what}"
