"""What is said before, during and after a visit."""

from unknot.reasoning.treat.advice import advice


def test_advice_comes_in_the_order_of_a_visit() -> None:
    moments = [one.when for one in advice()]
    assert moments == sorted(moments, key=["before", "during", "after"].index)
    assert set(moments) == {"before", "during", "after"}


def test_work_on_the_neck_brings_its_warning_and_other_work_does_not() -> None:
    neck = {one.id for one in advice(["neck", "shoulder"])}
    back = {one.id for one in advice(["low_back"])}
    assert neck - back == {"AFT-09"}
    assert back - neck == set()


def test_the_essential_advice_names_what_is_usual_and_when_to_call() -> None:
    assert [one.id for one in advice(["neck"], essential=True)] == [
        "PRE-02", "DUR-01", "AFT-02", "AFT-09", "AFT-10",
    ]  # fmt: skip
    warning = advice(["neck"], essential=True)[3].tell
    for sign in ("two weeks", "headache", "seeing double", "speaking", "numb face", "fall"):
        assert sign in warning


def test_nothing_urgent_is_left_to_the_practice_alone() -> None:
    last = advice(essential=True)[-1].tell
    assert "Chest pain or short of breath: call the emergency number." in last
