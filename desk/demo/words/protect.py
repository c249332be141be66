"""Quarter two 2019-20 under priority two: people in crisis, exploited children, domestic abuse, sexual offences."""

from desk.demo.words.shapes import Commentary

SECTION_136 = Commentary(
    text="""
<p>Section 136 of the Mental Health Act lets an officer take somebody who seems to be mentally ill, and in need of care
or control at once, to a place of safety.{note|Mental Health Act 1983, section 136, as amended by the Policing and Crime
Act 2017. <a href="https://www.legislation.gov.uk/ukpga/1983/20/section/136">www.legislation.gov.uk</a>} The measure is
printed under its old name; nobody is arrested, and the word detention is the right one.</p>
<p>The power was used {section-136.quarter|74} times in quarter two and {section-136.rolling12|285} times in the 12
months to September 2019.</p>
<p>That is {section-136.rolling12_on_year_change|45} more than in the 12 months before, a rise of
{section-136.rolling12_on_year_percentage|18.8 per cent}.</p>
<p>A rise was expected. Since December 2017 the power can be used anywhere except in a private home; before, it could be
used only in a place to which the public has access.</p>
<p>Since then it can also be used at any point while an officer is with somebody. Before, the person had to be found in
such a place to begin with.</p>
""",
    did="""<p>My office reads the record of every detention that ended in a police cell: there was none this quarter. I
have asked the mental health trust to show my monitoring board in January 2020 how long officers wait at places of
safety.</p>""",
)

CSE = Commentary(
    text="""
<p>Officers marked {cse-crimes.quarter|35} crimes in quarter two as child sexual exploitation (CSE). Over the 12 months
to September 2019 there were {cse-crimes.rolling12|146}, five fewer than the {cse-crimes.rolling12_year_ago|151} of the
12 months before.</p>
<p>Nothing in quarter two stands out and the trend is level. Numbers this small can hide as much as they show: each is a
child, and many more are never named to anybody.</p>
<p>The force works to a plan of 19 strands, several of them led by partners, to prevent the abuse and exploitation of
children and to catch those who commit it. The delivery plan later in this report describes that work under action
2.07.</p>
""",
    did="""<p>I asked for each of the 19 strands to be given an owner and a date. Eleven had both when I last looked, on 24
September 2019; I expect the rest by January 2020.</p>""",
)

DOMESTIC = Commentary(
    text="""
<p>In the 12 months to September 2019 the force recorded {domestic-abuse.rolling12|6,610} domestic abuse (DA) crimes. In
the 12 months before it was {domestic-abuse.rolling12_year_ago|5,989}: {domestic-abuse.rolling12_on_year_change|621}
more, or {domestic-abuse.rolling12_on_year_percentage|10.4 per cent}. The quarter's {domestic-abuse.quarter|1,735} were
{domestic-abuse.quarter_on_year_percentage|5.7 per cent} above the same quarter of last year.</p>
<p>Analysts gave the force a study of domestic abuse in September 2019. Its findings and recommendations are these:</p>
<ol type="i">
<li>The rise lies almost wholly outside Barchester. Every part of the county has seen it except the two garrison
towns.</li>
<li>Fuller recording, and a change in how stalking and harassment are counted since April 2018, account for some of
it.</li>
<li>No one cause explains the rest. Studies in other forces reach the same answer, which says something of how tangled
the subject is.</li>
<li>If the force judges it worth while, the desk study should be followed by talking to victims in small groups about
what made them come forward.</li>
<li>The force should adopt a score of how recent, how frequent and how grave the abuse has been, so that more victims at
high risk reach the Multi-Agency Risk Assessment Conference (MARAC).</li>
</ol>
<p>The detective inspector who leads on domestic abuse has turned the study into a plan.</p>
<p>It begins with a review of the force's policy and of the MARAC, a campaign to reach victims, and a survey of what
training officers still need.</p>
<p>It goes on with teaching in the community policing teams about positive action, joint guidance from police and
prosecutors, and the College of Policing's course on vulnerability, which 610 officers have now taken.</p>
""",
    did="""<p>I welcome this attention. I have asked the force to say by 31 January 2020 whether it accepts
recommendations iv and v, and to give its reasons if it does not.</p>""",
)

SEXUAL = Commentary(
    text="""
<p>The force recorded {sexual-offences.quarter|425} sexual offences in quarter two and
{sexual-offences.rolling12|1,599} in the 12 months to September 2019.</p>
<p>That is 104 fewer than the {sexual-offences.rolling12_year_ago|1,703} of the 12 months before, a fall of 6.1 per
cent.</p>
<p>For every 1,000 residents there were {sexual-offences-rate.rolling12|2.25} offences in the year. The rate is well
below the average of our most similar forces and outside the band in which most of them lie.</p>
<p>Fewer reports are welcome only if fewer offences lie behind them. What counts is what happens to those who do report,
and the commentary on the conviction rate, under priority three, takes that up.</p>
""",
    did="""<p>I met the managers of the sexual assault referral centre on 8 October 2019 to ask whether fewer people are
coming to them too. They are not: self-referrals have risen, and I have asked the force to look into the difference.</p>""",
)

PROTECT = {
    "section-136": SECTION_136,
    "cse-crimes": CSE,
    "domestic-abuse": DOMESTIC,
    "sexual-offences": SEXUAL,
}
