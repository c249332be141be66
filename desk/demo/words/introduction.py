"""The commissioner's introductions: what is significant this quarter, and by which of the four criteria."""

from desk.demo.words.shapes import Topic, written

TWO = written("""
<p>This report sets out how Barsetshire Police and its partners did in quarter two of 2019-20, July to September 2019,
against my Police and Crime Plan 2017-21.</p>
<p>Whatever part of the plan a report looks at most closely, it should also raise every topic that meets one of four
tests: a significant change, a matter of concern to me, work of excellence, or prominence in the local or national media.
If I hold to that, and the panel holds me to it, neither of us should be surprised by anything we read elsewhere.</p>
<p>Five topics meet a test this quarter, and I ask the panel to consider them. The figures behind each of them are in the
pages that follow, with what I did about them.</p>
<p>My office prepared this report with the force. The opinions in it are mine, and so is the responsibility.</p>
""")

TOPICS_TWO = (
    Topic(
        "More officers: the national uplift",
        "ad",
        written("""
<p>In October 2019 the Home Office announced how it will begin to recruit 20,000 officers in England and Wales over three
years.{note|Home Office, announcement of officer recruitment targets, 9 October 2019.
<a href="https://www.gov.uk/government/organisations/home-office">www.gov.uk</a>} It has set aside £750 million for up to
6,000 of them by the end of 2020-21.</p>
<p>Barsetshire's share in the first year, 2020-21, is 49 officers. They come on top of the 41 that local council tax
payers are funding this year.</p>
"""),
    ),
    Topic(
        "The general election and next year's budget",
        "bd",
        written("""
<p>A general election is to be held on 12 December 2019. Parliament has been dissolved, and the provisional settlement that
usually comes in December will not come this year.</p>
<p>Until it does I cannot say what grant the force will have, how far I may raise the precept, or whether the 49 officers
are paid for in full. I will report to the panel on all three at its next meeting, on 6 February 2020.</p>
"""),
    ),
    Topic(
        "What the precept has paid for",
        "c",
        written("""
<p>The panel supported an increase in the police precept for 2019-20, and I promised 41 more officers for it. All 41 have
been appointed and are in training. They join the community policing teams as student officers in 2020 and finish their
training in 2021.</p>
"""),
    ),
    Topic(
        "A better model of community policing",
        "a",
        written("""
<p>I asked the Chief Constable to look again at how community policing is organised, before so many new officers arrive. He
has recommended changes, and I support them in full.</p>
<p>From the New Year there will be eight community policing teams where there were seven. Barchester becomes one team; the
north and the west of the county, each one team today, become two.</p>
<p>Within every team, a neighbourhood team under its own inspector will work beside the officers who respond to calls. Its
work is to be known, to listen, and to solve the problems that come back week after week. The inspectors are in post.</p>
<p>The report on community policing team resource measures, item 6 on today's agenda, gives the numbers.</p>
"""),
    ),
    Topic(
        "How the inspectorate will judge the force",
        "d",
        written("""
<p>Her Majesty's Inspectorate of Constabulary and Fire &amp; Rescue Services has told me that its next programme of
inspections begins in 2020. It will gather evidence through the year and still give its judgement once a year.</p>
<p>Its reports are to change so that those who must act on them can find what they need. I welcome that, and will bring the
new form to the panel when it is settled.</p>
"""),
    ),
)

ONE = written("""
<p>This report sets out how Barsetshire Police and its partners did in quarter one of 2019-20, April to June 2019, against
my Police and Crime Plan 2017-21.</p>
<p>One topic meets the tests that the panel and I have agreed for what should be raised here.</p>
""")

TOPICS_ONE = (
    Topic(
        "Time to reach priority incidents",
        "ab",
        written("""
<p>The average time to reach a priority incident has grown since the winter and is now above 50 minutes. The standard is one
hour. I have asked the Chief Constable for the reasons and for what he will do.</p>
"""),
        measure="response-priority",
    ),
)
