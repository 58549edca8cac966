"""A form with one question of each kind."""

from __future__ import annotations

from django import forms

STEPS = [(str(step), str(step)) for step in range(11)]
LONG = "Somebody who has worked with her hands for forty years and would rather not stop now"


class Specimen(forms.Form):
    """One question of each kind, so that each look can be seen with and without an error."""

    name = forms.CharField(label="Your name", help_text="As your doctor knows you.")
    born_on = forms.DateField(
        label="Date of birth", widget=forms.DateInput(attrs={"type": "date"})
    )
    weeks = forms.IntegerField(label="How long have you had this pain?", min_value=0)
    area = forms.ChoiceField(
        label="Where is the main pain?",
        choices=[("neck", "Neck"), ("low_back", "Low back")],
    )
    onset = forms.ChoiceField(
        label="How did it start?",
        help_text="Choose the one that fits best.",
        widget=forms.RadioSelect,
        choices=[
            ("gradual", "Slowly, over days or weeks"),
            ("sudden", "Suddenly, without a reason"),
            ("injury", "After a fall, a blow or a strain"),
        ],
    )
    helped = forms.ChoiceField(
        label="Did it help?",
        widget=forms.RadioSelect,
        choices=[("no", "No"), ("little", "A little"), ("yes", "Yes")],
    )
    tried = forms.MultipleChoiceField(
        label="What have you tried?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("heat", "Warmth"), ("exercise", "Exercise"), ("long", LONG)],
    )
    worse = forms.MultipleChoiceField(
        label="What makes it worse?",
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "chips"}),
        choices=[("sit", "Sitting"), ("stand", "Standing"), ("cold", "Cold"), ("type", "Typing")],
    )
    pain = forms.ChoiceField(
        label="How strong is the pain now?",
        widget=forms.RadioSelect(attrs={"data-look": "scale"}),
        choices=STEPS,
    )
    sleep = forms.ChoiceField(
        label="How well did you sleep?",
        widget=forms.RadioSelect(attrs={"data-look": "scale"}),
        choices=STEPS,
    )
    words = forms.CharField(label="Anything else?", required=False, widget=forms.Textarea)
    agree = forms.BooleanField(
        label="I have read this and agree", help_text="You can withdraw at any time."
    )
