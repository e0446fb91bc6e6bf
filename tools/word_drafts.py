"""The official document with the turns of phrase that the shipped Word templates share."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bonphuong.kernel.word import Letterhead, OfficialDocument, Signature, TableColumn, TableRow, Text
from bonphuong.kernel.word.tables import cell_xml, row_xml, spread, table_xml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.kernel.word import Runs

MADE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_SIGNING_ROOM = 4
LAST_ARTICLE = 3
MEMBER_COLUMNS = (
    ("Họ và tên", "ho_ten", 42.0),
    ("Chức vụ", "chuc_vu", 38.0),
    ("Đơn vị công tác", "don_vi", 42.0),
    ("Nhiệm vụ trong đoàn", "nhiem_vu", 26.0),
    ("Ghi chú", "ghi_chu", 20.0),
)


class Draft(OfficialDocument):
    """An official document with the turns of phrase that the templates share."""

    def __init__(self, title: str, mark: str = "") -> None:
        super().__init__(title=title, creator="Bốn Phương", created=MADE, mark=mark)

    def head(self, kind: str, about: str = "") -> None:
        """The head; `kind` is the part of the symbol before the office's own ("TTr-")."""
        self.letterhead(
            Letterhead(
                parent="{{ co_quan_cap_tren }}",
                issuer="{{ co_quan_ban_hanh }}",
                number=f"Số: {{{{ so }}}}/{kind}{{{{ ky_hieu }}}}",
                place_date="{{ dia_danh_ngay }}",
                about=about,
            )
        )

    def bases(self) -> None:
        """The legal bases, a line each."""
        self.repeat("c in can_cu", "Căn cứ {{ c }};", italic=True)

    def repeat(self, loop: str, line: Runs, *, italic: bool = False) -> None:
        """A paragraph for each entry of a list."""
        self.paragraph(f"{{%p for {loop} %}}")
        self.paragraph(line, italic=italic)
        self.paragraph("{%p endfor %}")

    def only_if(self, condition: str, line: Runs, *, italic: bool = False) -> None:
        """A paragraph that stands only where there is something to say."""
        self.paragraph(f"{{%p if {condition} %}}")
        self.paragraph(line, italic=italic)
        self.paragraph("{%p endif %}")

    def article(self, number: int, text: str) -> None:
        """An article of a decision: "Điều 1. …"."""
        # The last one stays with the signature.
        self.paragraph([Text(f"Điều {number}. ", bold=True), text], keep_with_next=number == LAST_ARTICLE)

    def decided_by(self) -> None:
        """Who decides, on what basis, at whose request."""
        self.centred("{{ tham_quyen }}", bold=True)
        self.bases()
        self.only_if(
            "co_quan_de_nghi",
            "Xét đề nghị của {{ co_quan_de_nghi }}{% if de_nghi %} tại {{ de_nghi }}{% endif %}.",
            italic=True,
        )
        self.centred("QUYẾT ĐỊNH:", bold=True)

    def signed(self) -> None:
        """Recipients and signature."""
        signature = Signature(["{{ quyen_han_chuc_vu|join('\\n') }}"], "{{ nguoi_ky }}")
        lines = (
            "{%p for noi in noi_nhan %}",
            "- {{ noi }}{% if loop.last %}.{% else %};{% endif %}",
            "{%p endfor %}",
        )
        self.signature(signature, lines, verbatim=True)

    def listed(self, title: str, name: str, line: str = "{{ x }}") -> None:
        """A heading, and a paragraph for each entry of a list."""
        self.heading(title)
        self.repeat(f"x in {name}", line)

    def summary(self, before: str = "{{ loop.index }}. ") -> None:
        """What the record says of itself, a line for each field."""
        self.repeat("t in thong_tin", f"{before}{{{{ t.ten }}}}: {{{{ t.noi_dung }}}}.")

    def promises(self, blank: str) -> None:
        """Promises, a line each; `blank` stands where there are none."""
        self.paragraph("{%p if cam_ket %}")
        who = "{% if c.don_vi %} Cơ quan chủ trì: {{ c.don_vi }}.{% endif %}"
        due = "{% if c.thoi_han %} Thời hạn: {{ c.thoi_han }}.{% endif %}"
        side = "{% if c.ben %} ({{ c.ben }}){% endif %}"
        self.repeat("c in cam_ket", f"- {{{{ c.noi_dung }}}}{side}.{who}{due}")
        self.paragraph("{%p else %}")
        self.paragraph(blank)
        self.paragraph("{%p endif %}")

    def tables(self) -> None:
        """The lines of the record as an annex, only where there are any; columns are what the record has."""
        self.paragraph("{%p if bang %}")
        self.sheet("PHỤ LỤC", "{{ ten_viec }}")
        self.paragraph("{%p for b in bang %}")
        self.centred("{{ loop.index }}. {{ b.ten_bang }}", bold=True, keep_with_next=True)
        self.table(
            [
                TableColumn("{%tc for c in b.cot %}", 10),
                TableColumn("{{ c }}", 10),
                TableColumn("{%tc endfor %}", 10),
            ],
            [
                TableRow(["{%tr for d in b.dong %}"]),
                TableRow(["{%tc for o in d.o %}", "{{ o }}", "{%tc endfor %}"]),
                TableRow(["{%tr endfor %}"]),
            ],
        )
        self.paragraph("{%p endfor %}")
        self.paragraph("{%p endif %}")

    def sheet(self, name: str, about: str) -> None:
        """What goes with a paper, on a page of its own but in the same section: there may be none of it."""
        self._blocks.append(self._styled("Annex", name, "<w:pageBreakBefore/>"))
        self._blocks.append(self._styled("Annex", about))
        self._blocks.append(self._gap(12))

    def inset(self, line: str) -> None:
        """One of several addressees, set in below the word that begins them."""
        place = '<w:spacing w:before="0" w:after="60"/><w:ind w:left="3400" w:firstLine="0"/>'
        self._blocks.append(self._styled("BodyText", line, place))

    def flush(self, line: str) -> None:
        """A line at the left edge, as that of whom a note is for."""
        self._blocks.append(
            self._styled("BodyText", line, '<w:spacing w:before="240"/><w:ind w:firstLine="0"/>', bold=True)
        )

    def next_copy(self) -> None:
        """Another letter of the same file begins on a new page."""
        self.paragraph("{%p if not loop.last %}")
        self.page_break()
        self.paragraph("{%p endif %}")

    def both_sign(self, left: Sequence[str], right: Sequence[str]) -> None:
        """Two signatures beside each other, for minutes; recipients are not listed there."""
        widths = spread(self._page.text_width, [1, 1])
        cells = []
        for (line, name), width in zip((left, right), widths, strict=True):
            lines = [line, *[""] * _SIGNING_ROOM, name]
            content = "".join(self._styled("Signature", text) for text in lines)
            cells.append(cell_xml(content, width, middle=False))
        self._blocks += [self._gap(6, kept=True), table_xml(widths, [row_xml(cells)], borders=False)]

    def people(self, columns: Sequence[tuple[str, str, float]]) -> None:
        """The table of members: label, name of the entry, width."""
        heads = [TableColumn("TT", 12, "center")]
        heads += [TableColumn(label, width) for label, _name, width in columns]
        cells = ["{{ loop.index }}", *(f"{{{{ m.{name} }}}}" for _label, name, _width in columns)]
        self.table(
            heads,
            [TableRow(["{%tr for m in thanh_vien %}"]), TableRow(cells), TableRow(["{%tr endfor %}"])],
        )
