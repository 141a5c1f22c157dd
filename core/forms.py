"""The form of the style guide: one field of each kind, as forms of the product use them."""

from django import forms


class StyleguideForm(forms.Form):
    """Shows how each kind of field stands on a page, right and wrong."""

    title = forms.CharField(help_text="What the field wants to know.")
    why = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(choices=[("a", "The first"), ("b", "The second")])
    side = forms.ChoiceField(choices=[("project", "Project"), ("change", "Change")], widget=forms.RadioSelect)
    is_sure = forms.BooleanField(label="It is so", required=False)
