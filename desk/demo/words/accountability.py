"""What the panel asked, how far a board is assured, and where the office looked whether it publishes what it must."""

from datetime import date

QUESTION = "When will each area see the officers paid for by the precept?"
ADVICE = "That the commissioner report the number of officers by team to each meeting of the panel."
ANSWER = "The number by team will be in the performance report of each quarter, beginning with quarter three."
REASONS = "The teams are set each quarter, so that a meeting between two quarters would be told nothing new."
ASKED_UNDER = "Recruitment paid for by the precept"
ANSWER_BY, ADVICE_BY = date(2019, 11, 29), date(2019, 12, 13)
SAID = "The board heard what is being done. It did not see by when, or what would follow if it were not."
WANTS = "A plan with a day for each step, and what is reported if a day is missed."
DUTY, ADDRESS = "spending", "https://www.barsetshire-pcc.example/spending"
LOOKED_ON, LOOK_AGAIN = date(2019, 10, 28), date(2019, 11, 28)
