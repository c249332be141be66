"""The forms of boards and of the meetings they hold."""

from django import forms

from core.documents.forms import OfficeForm, OfficeModelForm, VersionField
from governance.boards.models import Board, BoardAlias, Meeting, MeetingSeries
from measures.models import Measure

TIMES = ["%H:%M", "%H.%M", "%I:%M %p"]
MOST_OVERDUE = 366  # days
MOST_DAYS = 60  # working days: beyond that a deadline is a slip of the finger


class BoardForm(OfficeModelForm):
    version = VersionField()
    paper_days = forms.IntegerField(
        label="Papers are due how many working days before a meeting?", min_value=0, max_value=MOST_DAYS, initial=7
    )
    notice_days = forms.IntegerField(
        label="The agenda is public how many clear working days before a meeting?",
        min_value=0,
        max_value=MOST_DAYS,
        initial=5,
        help_text="Clear days: neither the day it is put out nor the day of the meeting counts.",
    )
    overdue_days = forms.IntegerField(
        label="How many days may an action be overdue before the board itself is asked?",
        min_value=0,
        max_value=MOST_OVERDUE,
        initial=28,
        help_text="After that it stands at the top of the board’s page until it is closed.",
    )
    retention = forms.ChoiceField(
        label="How long are its records kept?",
        choices=Board.Retention.choices,
        initial=Board.Retention.PERMANENT,
        help_text="Minutes, agendas, reports, decisions and actions. Nothing is taken away by itself.",
    )
    other_names = forms.CharField(
        label="Other names it goes by",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One on each line.",
    )
    measures = forms.ModelMultipleChoiceField(
        label="Measures it looks at",
        queryset=Measure.objects.in_use().order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Board
        fields = [
            "version",
            "name",
            "relation",
            "chair",
            "frequency",
            "parent",
            "terms",
            "paper_days",
            "notice_days",
            "overdue_days",
            "retention",
        ]
        labels = {"relation": "The commissioner’s part in it"}
        widgets = {"terms": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"frequency": "Such as monthly, or four times a year."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields([*self.Meta.fields[:2], "other_names", *self.Meta.fields[2:], "measures"])
        self.fields["relation"].choices = [
            (value, f"{label[0].upper()}{label[1:]}") for value, label in Board.Relation.choices
        ]
        self.fields["chair"].empty_label = "Nobody is named"
        self.fields["parent"].empty_label = "No other board"
        if not self.fields["measures"].queryset.exists():
            del self.fields["measures"]
        self.fields["name"].error_messages["unique"] = "There is already a board of this name"
        board = self.instance
        if board.pk is None:
            self.fields["version"].initial = 0
            return
        self.fields["parent"].queryset = Board.objects.exclude(pk=board.pk)
        self.fields["other_names"].initial = "\n".join(board.aliases.order_by("name").values_list("name", flat=True))
        if "measures" in self.fields:
            self.fields["measures"].initial = board.measures.all()

    def clean_other_names(self) -> list[str]:
        names = list(dict.fromkeys(line.strip() for line in self.cleaned_data["other_names"].splitlines()))
        names = [name for name in names if name]
        too_long = [name for name in names if len(name) > 160]
        if too_long:
            raise forms.ValidationError(f"A name must be 160 characters or fewer: {too_long[0][:40]}…")
        taken = BoardAlias.objects.filter(name__in=names).exclude(board=self.instance.pk).select_related("board")
        for alias in taken:
            raise forms.ValidationError(f"{alias.name} is already another name of {alias.board}")
        return names

    def clean_parent(self) -> Board | None:
        """A board does not report to one that reports to it."""
        parent = above = self.cleaned_data["parent"]
        for _ in range(Board.objects.count()):
            if above is None:
                break
            if above.pk == self.instance.pk:
                raise forms.ValidationError(f"{parent} reports to this board already, so this one cannot report to it")
            above = above.parent
        return parent

    def changes(self) -> dict:
        """What `create_board` and `edit_board` take, but for the version."""
        given = self.cleaned_data.copy()
        given.pop("version")
        return given | {"aliases": given.pop("other_names")}


class MeetingForm(OfficeModelForm):
    version = VersionField()
    starts_at = forms.TimeField(label="Start time", required=False, help_text="Such as 14:00.", input_formats=TIMES)
    why = forms.CharField(
        label="Why the day changes",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text="Only if it does. The old day and the reason stay beside the new one.",
    )

    class Meta:
        model = Meeting
        fields = ["version", "date", "starts_at", "place", "is_public"]
        labels = {"is_public": "This meeting is held in public"}

    def __init__(self, *args, board: Board, **kwargs):
        super().__init__(*args, **kwargs)
        self.board = board
        self.held = self.instance.date
        if self.instance.pk is None:
            self.fields["version"].initial = 0
            del self.fields["why"]
        else:
            self.order_fields(["version", "date", "why"])

    def clean_date(self):
        date = self.cleaned_data["date"]
        if self.board.meetings.standing().filter(date=date).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(f"{self.board} meets on {date.day} {date:%B %Y} already")
        return date

    def clean(self) -> dict:
        given = super().clean()
        moved = self.held and given.get("date") and given["date"] != self.held
        if moved and not given.get("why", "").strip():
            self.add_error("why", "Say why the meeting is moved to another day")
        return given


class CancelForm(OfficeForm):
    version = VersionField()
    why = forms.CharField(
        label="Why it is cancelled",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Whoever looks the meeting up reads this.",
    )


class ReinstateForm(OfficeForm):
    version = VersionField()
    reason = forms.CharField(
        label="Why it is held after all",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Whoever looks the meeting up reads this, with why it had been cancelled.",
    )


class SeriesForm(OfficeModelForm):
    """In what rhythm a board meets."""

    version = VersionField()
    starts_at = forms.TimeField(label="Start time", required=False, help_text="Such as 14:00.", input_formats=TIMES)

    class Meta:
        model = MeetingSeries
        fields = [
            "version",
            "often",
            "place",
            "weekday",
            "starts",
            "ends",
            "if_closed",
            "starts_at",
            "venue",
            "is_public",
        ]
        labels = {"is_public": "These meetings are held in public", "place": "Which one of the month"}
        help_texts = {
            "place": "Of no account where it is counted in weeks.",
            "starts": "Every second week or month is counted from the one this day lies in.",
            "ends": "Leave it empty while the rhythm goes on.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["version"].initial = 0

    def _post_clean(self) -> None:
        """The days are for `clean` to judge in the office's words, and for the action to store."""

    def clean(self) -> dict:
        given = super().clean()
        first, last = given.get("starts"), given.get("ends")
        if first and last and last < first:
            self.add_error("ends", "The last day must not be before the day it is counted from")
        return given
