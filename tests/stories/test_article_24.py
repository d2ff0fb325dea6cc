"""Article 24: no secondment to a banner or above, to a street only with approval, 借调时间不得超过3个月."""

from tests.given import Answer, back, findings, given, hired, resigned, seconded

OVER = "secondment_over_limit"
CHAINED = "secondment_chained"
BANNED = "secondment_banned_host"
UNAPPROVED = "secondment_unapproved"
BEGUN = hired("2018-03-01")


def lent(first_day: str, last_day: str, reading: dict[str, str] | None = None) -> Answer:
    """Lent to a street with approval, once."""
    return given(BEGUN, seconded(first_day), back(last_day)).when_asked(findings, reading=reading)


def chain(*links: tuple[str, str]) -> Answer:
    """Lent to a street with approval, again and again."""
    facts = [fact for first, last in links for fact in (seconded(first), back(last))]
    return given(BEGUN, *facts).when_asked(findings)


def test_three_months_end_on_the_corresponding_day() -> None:
    lent("2025-03-01", "2025-06-01").then_does_not_find(OVER)


def test_the_day_after_the_corresponding_day_is_past_the_limit() -> None:
    lent("2025-03-01", "2025-06-11").then_finds(
        OVER, article="24", severity="breach", since="2025-06-02", until="2025-06-11", entries=[2, 3]
    )


def test_three_months_from_30_november_end_on_the_last_day_of_february() -> None:
    lent("2024-11-30", "2025-02-28").then_does_not_find(OVER)
    lent("2024-11-30", "2025-03-01").then_finds(OVER, since="2025-03-01", until="2025-03-01")


def test_three_months_from_30_november_end_on_29_february_in_a_leap_year() -> None:
    lent("2023-11-30", "2024-02-29").then_does_not_find(OVER)
    lent("2023-11-30", "2024-03-01").then_finds(OVER, since="2024-03-01", severity="info")


def test_three_months_from_31_august_end_on_30_november() -> None:
    lent("2025-08-31", "2025-12-01").then_finds(OVER, since="2025-12-01")


def test_read_inclusive_three_months_end_the_day_before() -> None:
    lent("2025-03-01", "2025-05-31", {"limit": "inclusive"}).then_does_not_find(OVER)
    lent("2025-03-01", "2025-06-01", {"limit": "inclusive"}).then_finds(OVER, since="2025-06-01")


def test_read_inclusive_three_months_from_30_november_end_on_27_february() -> None:
    lent("2024-11-30", "2025-02-28", {"limit": "inclusive"}).then_finds(OVER, since="2025-02-28")


def test_read_rollover_a_limit_on_a_holiday_moves_to_the_next_workday() -> None:
    # 1 June 2025 lay in the Dragon Boat holiday of 31 May to 2 June; the next workday was Tuesday, the 3rd.
    lent("2025-03-01", "2025-06-03", {"limit": "rollover"}).then_does_not_find(OVER)
    lent("2025-03-01", "2025-06-04", {"limit": "rollover"}).then_finds(OVER, since="2025-06-04")


def test_read_rollover_a_limit_on_a_workday_stays() -> None:
    # 28 February 2025 was a Friday.
    lent("2024-11-30", "2025-03-01", {"limit": "rollover"}).then_finds(OVER, since="2025-03-01")


def test_read_rollover_a_limit_on_a_make_up_workday_stays() -> None:
    # Sunday, 28 September 2025, was worked for National Day.
    lent("2025-06-28", "2025-09-29", {"limit": "rollover"}).then_finds(OVER, since="2025-09-29")


def test_a_secondment_that_is_not_over_stays_past_its_limit() -> None:
    given(BEGUN, seconded("2025-03-01", planned="2025-05-31")).when_asked(findings).then_finds(
        OVER, since="2025-06-02", until=None
    )


def test_a_secondment_past_its_limit_is_not_found_before() -> None:
    story = given(BEGUN, seconded("2025-03-01"))
    story.when_asked(findings, on="2025-06-01").then_does_not_find(OVER)
    story.when_asked(findings, on="2025-06-02").then_finds(OVER)


def test_a_resignation_ends_a_secondment() -> None:
    given(BEGUN, seconded("2025-03-01"), resigned("2025-06-01")).when_asked(findings).then_does_not_find(OVER)


def test_an_approved_secondment_to_a_street_within_three_months_is_in_order() -> None:
    answer = lent("2025-03-01", "2025-05-31")
    for rule in (OVER, CHAINED, BANNED, UNAPPROVED):
        answer.then_does_not_find(rule)


def test_a_secondment_to_a_street_without_approval_is_a_breach() -> None:
    given(BEGUN, seconded("2025-03-01", approval=""), back("2025-04-30")).when_asked(findings).then_finds(
        UNAPPROVED, article="24", severity="breach", since="2025-03-01", until="2025-04-30"
    ).then_does_not_find(OVER)


def test_a_secondment_to_a_banner_is_a_breach_even_with_approval() -> None:
    given(BEGUN, seconded("2025-03-01", "banner_or_above"), back("2025-03-31")).when_asked(findings).then_finds(
        BANNED, article="24", severity="breach", since="2025-03-01", until="2025-03-31"
    )


def test_an_approval_is_asked_for_of_a_street_only() -> None:
    given(BEGUN, seconded("2025-03-01", "banner_or_above", approval="")).when_asked(findings).then_does_not_find(
        UNAPPROVED
    )


def test_a_secondment_before_the_regulation_is_only_information() -> None:
    given(BEGUN, seconded("2023-05-08", "banner_or_above"), back("2024-08-20")).when_asked(findings).then_finds(
        BANNED, severity="info"
    ).then_finds(OVER, severity="info", since="2023-08-09")


def test_a_secondment_that_reaches_into_the_regulation_is_a_breach() -> None:
    given(BEGUN, seconded("2023-05-08", "banner_or_above"), back("2024-08-21")).when_asked(findings).then_finds(
        BANNED, severity="breach", since="2023-05-08", until="2024-08-21"
    )


def test_29_days_between_two_secondments_make_a_chain() -> None:
    # 2 to 30 May lie between; three months from 1 March end on 1 June.
    chain(("2025-03-01", "2025-05-01"), ("2025-05-31", "2025-06-30")).then_finds(
        CHAINED, article="24", severity="breach", since="2025-06-02", until="2025-06-30"
    ).then_finds(OVER, since="2025-06-02", until="2025-06-30")


def test_30_days_between_two_secondments_make_no_chain() -> None:
    # 2 to 31 May lie between; three months from 1 June end on 1 September.
    chain(("2025-03-01", "2025-05-01"), ("2025-06-01", "2025-09-01")).then_does_not_find(CHAINED).then_does_not_find(
        OVER
    )


def test_a_chain_within_three_months_is_in_order() -> None:
    chain(("2025-03-01", "2025-03-31"), ("2025-04-15", "2025-06-01")).then_does_not_find(CHAINED)


def test_a_link_that_begins_past_the_limit_is_past_it_on_every_day() -> None:
    chain(("2025-03-01", "2025-06-01"), ("2025-06-20", "2025-07-10")).then_finds(
        CHAINED, since="2025-06-20", until="2025-07-10"
    )


def test_a_chain_goes_on_from_link_to_link() -> None:
    # 19 days lie between the first two, 19 between the last two; the limit is 1 June for all three.
    chain(("2025-03-01", "2025-03-31"), ("2025-04-20", "2025-04-30"), ("2025-05-20", "2025-06-10")).then_finds(
        CHAINED, since="2025-06-02", until="2025-06-10"
    )


def test_the_first_link_past_the_limit_is_no_chain() -> None:
    lent("2025-03-01", "2025-06-11").then_does_not_find(CHAINED)
