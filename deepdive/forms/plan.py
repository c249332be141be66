"""What is typed about a plan and its objectives, and about making the next one."""

from django import forms

from core.documents.forms import OfficeForm, OfficeModelForm, VersionField
from deepdive.models import DeliveryAction, DeliveryPlan, Objective
from deepdive.states import Carried
from measures.models import Plan, Priority

QUARTERS = ("one", "two", "three", "four")
CARRY, CLOSE = "carry", "close"


class PlanForm(OfficeModelForm):
    """A plan's title, when an action of it is called unchanged, and whose turn the deep dive is."""

    version = VersionField()
    title = forms.CharField(label="Title", max_length=160)
    stale_after = forms.IntegerField(
        label="Quarters with the same words before an action is called unchanged", min_value=2, max_value=8
    )

    class Meta:
        model = DeliveryPlan
        fields = ["version", "title", "stale_after"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = {one.quarter: one.priority_id for one in self.instance.turns.all()} if self.instance.pk else {}
        for number, word in enumerate(QUARTERS, 1):
            self.fields[f"turn_{number}"] = forms.ModelChoiceField(
                label=f"Deep dive in quarter {word}",
                queryset=self._priorities(),
                required=False,
                empty_label="The priorities one after another",
                initial=held.get(number),
            )
        self.dress_all()

    def _priorities(self):
        chosen = self.instance.plan_id
        return Priority.objects.filter(plan=chosen) if chosen else Priority.objects.none()

    @property
    def given(self) -> dict:
        """`cleaned_data` as the actions take it."""
        rest = {name: value for name, value in self.cleaned_data.items() if not name.startswith("turn_")}
        return rest | {"turns": {number: self.cleaned_data[f"turn_{number}"] for number in range(1, 5)}}


class NewPlanForm(OfficeModelForm):
    plan = forms.ModelChoiceField(
        label="Police and crime plan", queryset=Plan.objects.order_by("-starts"), empty_label=None
    )
    year = forms.IntegerField(label="Year", min_value=2000, max_value=2100, help_text="The year in which it begins.")
    title = forms.CharField(label="Title", max_length=160)

    class Meta:
        model = DeliveryPlan
        fields = ["plan", "year", "title"]


class NewObjectiveForm(OfficeForm):
    priority = forms.ModelChoiceField(label="Priority", queryset=Priority.objects.none(), empty_label=None)
    number = forms.IntegerField(label="Number", min_value=1, max_value=99)
    title = forms.CharField(label="Objective", max_length=300)

    def __init__(self, *args, delivery_plan: DeliveryPlan, **kwargs):
        super().__init__(*args, **kwargs)
        self.delivery_plan = delivery_plan
        self.fields["priority"].queryset = delivery_plan.plan.priorities.order_by("number")

    def clean(self) -> dict:
        given = super().clean()
        same = {"priority": given.get("priority"), "number": given.get("number")}
        if all(same.values()) and self.delivery_plan.objectives.filter(**same).exists():
            self.add_error("number", f"There is an objective {same['number']} under this priority already")
        return given


class ObjectiveForm(OfficeModelForm):
    version = VersionField()
    title = forms.CharField(label="Objective", max_length=300)
    reason = forms.CharField(label="Why the words change", widget=forms.Textarea(attrs={"rows": 2}))

    class Meta:
        model = Objective
        fields = ["version", "title"]


class SheetForm(OfficeForm):
    file = forms.FileField(
        label="Spreadsheet", help_text="CSV, or a workbook (.xlsx or .ods), one row an action.", allow_empty_file=True
    )


class RollOverForm(OfficeForm):
    """The next year's plan, and for each open action whether it goes on or is closed and why."""

    plan = forms.ModelChoiceField(
        label="Police and crime plan it belongs to", queryset=Plan.objects.order_by("-starts"), empty_label=None
    )
    year = forms.IntegerField(label="Year of the new plan", min_value=2000, max_value=2100)
    title = forms.CharField(label="Title of the new plan", max_length=160)

    def __init__(self, *args, open_actions: list[DeliveryAction], **kwargs):
        super().__init__(*args, **kwargs)
        self.open_actions = open_actions
        for one in open_actions:
            self.fields[f"fate_{one.pk}"] = forms.ChoiceField(
                label=f"{one.ref} {one.statement}",
                choices=[(CARRY, "It goes on"), (CLOSE, "Close it")],
                widget=forms.RadioSelect,
                error_messages={"required": f"Choose what becomes of {one.ref}"},
            )
            self.fields[f"why_{one.pk}"] = forms.CharField(
                label=f"Why {one.ref} is closed", required=False, max_length=1000
            )
        self.dress_all()

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if DeliveryPlan.objects.filter(year=year).exists():
            raise forms.ValidationError(f"There is a service delivery plan of {year} already")
        return year

    def clean(self) -> dict:
        given = super().clean()
        for one in self.open_actions:
            if given.get(f"fate_{one.pk}") == CLOSE and not given.get(f"why_{one.pk}", "").strip():
                self.add_error(f"why_{one.pk}", f"Say why {one.ref} is closed without being delivered")
        return given

    @property
    def chosen(self) -> list[Carried]:
        said = self.cleaned_data
        return [
            Carried(one, said[f"why_{one.pk}"].strip() if said[f"fate_{one.pk}"] == CLOSE else "")
            for one in self.open_actions
        ]

    @property
    def choices(self) -> list[tuple[DeliveryAction, forms.BoundField, forms.BoundField]]:
        return [(one, self[f"fate_{one.pk}"], self[f"why_{one.pk}"]) for one in self.open_actions]

    @property
    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title", "year", "plan")]
