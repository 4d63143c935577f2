"""Template words for amounts, days, people, states and icons: {% load look %}."""

from __future__ import annotations

from datetime import date, datetime
from zlib import crc32

from django import template
from django.forms import BoundField, CheckboxInput, Select, SelectMultiple, Textarea
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from akcept.kit import clock
from akcept.kit.ids import new_id
from akcept.web import formats, statuses, undoing
from akcept.web.present import hints
from akcept.web.shell import Shell, shell

register = template.Library()
HUES = 6


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw an icon of the sprite; it is silent, so words must stand beside it or in a label."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        f" icon-{size}" if size else "",
        static("built/sprite.svg"),
        name,
    )


def _pill(look: statuses.Look, css: str, extra: str = "") -> SafeString:
    css += f" ak-tone-{look.tone}" if look.tone else ""
    if look.is_number:
        shown = (
            '<span class="{}" title="{}: {}">{}<span class="visually-hidden">{}: </span>{}</span>'
        )
        return format_html(shown, css, look.label, extra, icon(look.icon), look.label, extra)
    words = f"{look.label} {extra}".strip()
    return format_html('<span class="{}">{}{}</span>', css, icon(look.icon), words)


@register.simple_tag
def status(code: str) -> SafeString:
    """Show the state of a case."""
    return _pill(statuses.STATES[code], "ak-status")


@register.simple_tag
def badge(code: str, extra: str | int = "") -> SafeString:
    """Show a badge of statuses.BADGES; `extra` follows the words: {% badge "MOVED" "×2" %}."""
    return _pill(statuses.BADGES[code], "ak-badge", str(extra))


@register.simple_tag
def amount(money: formats.Sum | None, size: str = "") -> SafeString:
    """Show an amount with its currency; size "sum" is the big one of a card."""
    if money is None:
        return format_html('<span class="ak-quiet">{}</span>', "—")
    css = f"ak-amount ak-amount-{size}" if size else "ak-amount"
    return format_html('<span class="{}">{}</span>', css, formats.amount(money))


@register.filter
def money(value: formats.Sum) -> str:
    """Write an amount as plain text."""
    return formats.amount(value)


@register.filter
def day(value: date | None) -> str:
    """Write a date as plain text; nothing for no date."""
    return formats.day(value) if value else "—"


@register.filter
def moment(value: datetime | None) -> str:
    """Show a moment to the minute; its zone is in the title."""
    return _time(value, formats.moment(value)) if value else "—"


@register.simple_tag
def ago(value: datetime) -> SafeString:
    """Show how long ago; the exact moment and zone are in the title, the page keeps it fresh."""
    return format_html(
        '<time datetime="{}" title="{}" data-ago>{}</time>',
        value.isoformat(),
        formats.exact(value),
        formats.ago(value, at=clock.now()),
    )


@register.simple_tag
def lasted(value: datetime) -> SafeString:
    """Show since when as a length; the exact moment and zone are in the title."""
    return _time(value, formats.lasted(value, at=clock.now()))


def _time(value: datetime, words: str) -> SafeString:
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', value.isoformat(), formats.exact(value), words
    )


@register.filter
def initials(name: str) -> str:
    """Return up to two first letters of a name."""
    return formats.initials(name)


@register.simple_tag
def face(name: str, size: str = "") -> SafeString:
    """Show the initials of a person in a colour that stays theirs; silent beside the name."""
    hue = crc32(name.encode()) % HUES
    css = f"ak-initials ak-hue-{hue}" + (f" ak-initials-{size}" if size else "")
    return format_html('<i class="{}" aria-hidden="true">{}</i>', css, formats.initials(name))


@register.simple_tag
def person(name: str) -> SafeString:
    """Show a person as initials and name."""
    return format_html(
        '<span class="ak-person">{}<span class="ak-person-name">{}</span></span>',
        face(name),
        name,
    )


@register.simple_tag
def now_with(
    who: str,
    since: datetime | None = None,
    late: bool = False,  # noqa: FBT001, FBT002
    *,
    bare: bool = False,
) -> SafeString:
    """Show who has it now and since when; `bare` where a column already says "Now with"."""
    length = lasted(since) if since else ""
    return format_html(
        '<span class="ak-now{}">{} <span{}>{}</span> <strong>{}</strong> {}</span>',
        " ak-now-late" if late else "",
        icon("clock", "s"),
        mark_safe(' class="visually-hidden"') if bare else "",
        _("Now with:"),
        who,
        length,
    )


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Draw the control of a form field in our classes, with Django's own aria links."""
    widget = field.field.widget
    css = "form-control"
    if isinstance(widget, CheckboxInput):
        css = "form-check-input"
    elif isinstance(widget, Select) and not isinstance(widget, SelectMultiple):
        css = "form-select"
    attrs: dict[str, str | bool] = {"class": f"{css} {widget.attrs.get('class', '')}".strip()}
    if isinstance(widget, Textarea):
        # Django says 10 where a form says nothing.
        attrs["rows"] = "3" if widget.attrs.get("rows") == "10" else widget.attrs["rows"]
    return field.as_widget(attrs=attrs)


@register.simple_tag
def act_key() -> SafeString:
    """Give a form that does something its idempotency key: a repeat returns the first outcome."""
    return format_html('<input type="hidden" name="key" value="{}">', new_id())


@register.simple_tag(takes_context=True, name="shell")
def shell_of(context: template.Context) -> Shell:
    """Give base.html its menu: {% shell as around %}."""
    return shell(context["request"])


@register.simple_tag(takes_context=True)
def hint(context: template.Context, code: str) -> hints.HintCard | None:
    """Give a page what its newcomer is told, unless they know it: {% hint "FEED" as tip %}."""
    return hints.hint(code, seen=getattr(context["request"].user, "hints_seen", []))


@register.simple_tag(takes_context=True)
def just_done(context: template.Context) -> undoing.Done | None:
    """Give base.html what the reader has just done: {% just_done as done %}."""
    return undoing.done(context["request"])


@register.simple_tag(takes_context=True)
def live_url(context: template.Context) -> str:
    """Return where this page hears of what has changed since it was begun; of the case, too, whose card it shows."""
    asked: dict[str, str | int] = {"since": int(clock.now().timestamp() * 1000)}
    if watched := context.get("watched"):
        asked["case"] = str(watched)
    return f"/live/?{urlencode(asked)}"
