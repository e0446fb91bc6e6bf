from bonphuong.kernel.errors import BadInput, BadValue, NotAllowed, ProductError


def test_every_error_has_a_message_for_people_and_a_code_for_programs():
    error = NotAllowed("Ask the head of your office.", code="not_head")

    assert (str(error), error.message, error.code) == ("Ask the head of your office.",) * 2 + ("not_head",)
    assert NotAllowed("No.").code == "not_allowed"


def test_bad_input_names_each_field_and_leads_with_its_first_message():
    error = BadInput({"head": [], "on": ["Give a day.", "Not in the future."]})

    assert error.errors == {"head": [], "on": ["Give a day.", "Not in the future."]}
    assert error.message == "Give a day."
    assert BadInput({}).message == ""


def test_a_bad_value_is_a_value_error_and_fit_for_people():
    assert issubclass(BadValue, ValueError)
    assert issubclass(BadValue, ProductError)
