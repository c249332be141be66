"""Quarter two 2019-20 under priority one: outcomes, anti-social behaviour, confidence, roads, special constables."""

from desk.demo.words.shapes import Commentary

OUTCOMES = Commentary(
    text="""
<p>A positive outcome is a crime whose offender was found and dealt with. In the 12 months to September 2019 there were
{outcomes-volume.rolling12|7,296}: {outcomes-court.rolling12|5,611} went to court and
{outcomes-out-of-court.rolling12|1,685} were settled out of court, by caution, penalty notice or community
resolution.</p>
<p>That is {outcome-ratio.rolling12|16.5 per cent} of the crimes recorded in the same months. The average of our most
similar forces is 14.4 per cent. We are above it and within the band in which most of them lie.</p>
<p>Across the country the share of crimes with a positive outcome has been falling for some years, largely because
forces record more crimes that offer little to investigate.</p>
<p>Barsetshire has gone against that. The number of positive outcomes is
{outcomes-volume.rolling12_on_year_change|383} higher than a year ago, and its share of crime
{outcome-ratio.rolling12_on_year_change|0.4 percentage points}.</p>
<p>Robbery has kept the gain it made last year: {outcome-ratio-robbery.rolling12|20.8 per cent} of robberies had a
positive outcome in the 12 months to September 2019, against {outcome-ratio-robbery.rolling12_year_ago|16.1 per cent} in
the 12 months before. The numbers are small, 62 of 298, and move easily.</p>
<p>For sexual offences the figure is {outcome-ratio-sexual.rolling12|9.7 per cent}, above the 7.8 per cent of our peers.
It stood at {outcome-ratio-sexual.rolling12_year_ago|7.6 per cent} a year ago.</p>
<p>Most kinds of crime are above the average of our peers. Robbery and sexual offences have improved most.</p>
<p>Two kinds are not. Vehicle offences, at {outcome-ratio-vehicle.rolling12|2.6 per cent}, and residential burglary, at
{outcome-ratio-residential-burglary.rolling12|4.3 per cent}, lie below the band of our peers. Fewer of both crimes are
committed than before; of those that are, we solve too few.</p>
<p>The Vulnerability and Operations Board, chaired in turn by the two Assistant Chief Constables, has made outcomes its
main subject. Its discussions have been frank about three things:</p>
<ol type="i">
<li>what a good result looks like when the victim is asked, and not only the spreadsheet;</li>
<li>how the plan for investigative standards reaches the community policing teams, where most crime is
investigated;</li>
<li>what the regional forensic service can return, and how soon.</li>
</ol>
<p>The board has asked the superintendent for geographical crime for a paper that explains the outcome rate for burglary
and the reasons behind it. It is due on 31 January 2020.</p>
<p>The Chief Constable holds the Assistant Chief Constable (Crime and Vulnerability) to account for improvement through
the Strategic Performance Board.</p>
""",
    did="""<p>I told the Chief Constable on 24 September 2019 that I will not accept falling burglary as a reason for
solving little of it. I will take the burglary paper at my monitoring board in February 2020.</p>""",
)

ASB = Commentary(
    text="""
<p>Reports of anti-social behaviour (ASB) are far fewer than they were five years ago, and the fall over that time is
larger than chance could make.</p>
<p>The last year departs a little from it. There were {asb-volume.rolling12|16,792} incidents in the 12 months to
September 2019, {asb-volume.rolling12_on_year_percentage|2.6 per cent} more than the
{asb-volume.rolling12_year_ago|16,369} of the 12 months before.</p>
<p>The comparison is with an unusually quiet time: few incidents were recorded between January and March 2018. The
quarter's {asb-volume.quarter|4,764} incidents are fewer than the {asb-volume.quarter_year_ago|4,820} of the same
quarter last year.</p>
<p>The long fall mirrors the rise in recorded crime, as the chart of both on one scale shows. From
2016 the force began to record as public order offences and as minor violence much that it had recorded as ASB. The
panel's own papers of the time describe that change.</p>
""",
    did="""<p>I asked the neighbourhood inspectors of the three busiest towns to show me what their residents complain of
most. Their answers will shape the neighbourhood teams described in my introduction.</p>""",
)

CONFIDENCE = Commentary(
    text="""
<p>For some years this measure came from a survey of local opinion that I commissioned twice a year. I am deciding what
should follow it. Until then the report borrows a national survey, and readers should treat it as a stand-in.</p>
<p>The Crime Survey for England and Wales has asked people about crime since 1981. Government uses it beside police
figures to judge how much crime there is, because it also counts crimes that nobody reported.{note|Office for National
Statistics, Crime Survey for England and Wales, technical notes, 2019.
<a href="https://www.ons.gov.uk/surveys">www.ons.gov.uk</a>}</p>
<p>It is carried out for the Office for National Statistics by an independent research company, in people's homes, with
a sample drawn so that it can speak for the whole county but not for any part of it.</p>
<p>In the 12 months to June 2019, {confidence.rolling12|77.7 per cent} (±3.5) of adults in Barsetshire had confidence in
their local police.</p>
<p>A year earlier it was {confidence.rolling12_year_ago|84.3 per cent}. The fall of 6.6 percentage points is larger than
chance alone would explain with samples of this size, and the national figure fell as well. We remain within the band of our
peers and above their average.</p>
<p>What the survey cannot tell us is why. It interviewed about 540 people here in the year, too few to compare towns,
ages or those who had dealt with the police and those who had not.</p>
<p>That gap is being closed. Two new surveys are out to tender, one of the public and one of victims, both large enough
to be read by policing team.</p>
""",
    did="""<p>I have set aside £85,000 for both surveys and expect the contract to be let by 28 February 2020. I will tell
the panel at its first meeting after that when results can be expected.</p>""",
)

KSI = Commentary(
    text="""
<p>This measure counts collisions on Barsetshire's roads in which at least one person was killed or seriously injured
(KSI).</p>
<p>There were {ksi-collisions.rolling12|273} in the 12 months to June 2019, an average of
{ksi-collisions.mean_per_month|23} a month. A year before it was {ksi-collisions.rolling12_year_ago|258}.</p>
<p>The line has crept up for several years. No single quarter stands out, and April to June, with
{ksi-collisions.quarter|58}, was close to the {ksi-collisions.quarter_year_ago|56} of the year before.</p>
<p>The traffic unit of the criminal justice department gathers these records from officers, hospitals and coroners. The
grading of an injury can change weeks afterwards, which is why the figures come three months late.</p>
<p>The force and its partners took part in national Road Safety Week from 18 to 24 November 2019, with checks on speed,
seat belts, telephones and tyres.{note|A national road safety charity, Road Safety Week 2019: stepping up for safe
streets, November 2019.}</p>
<p>A renewed Strategic Road Safety Partnership Board meets for the first time in January 2020, chaired by the Assistant
Chief Constable (Crime and Vulnerability). It will bring police, highways, fire and health to one table.</p>
""",
    did="""<p>I have asked for a report on road safety, which comes to my monitoring board on 17 December 2019. My office
will have a seat on the new partnership board.</p>""",
)

SPECIALS = Commentary(
    text="""
<p>Special constables are volunteers with the full powers of a constable. They add to the hours the force can put on
the street, and they bring the skills and the eyes of people who do other work by day.</p>
<p>They were on duty for {specials-hours.quarter|15,205} hours in quarter two, against
{specials-hours.previous_quarter|16,469} in quarter one and {specials-hours.quarter_year_ago|17,317} in the same quarter
of last year. Over 12 months the total is {specials-hours.rolling12|65,103} hours, 7.8 per cent lower than the year
before.</p>
<p>The force expects that fall to go on. As it recruits regular officers, many of the best candidates are its own
specials: perhaps three in ten may join within two years.</p>
<p>To fill the gap I have paid for a recruitment website that carries a would-be special from first interest to
application. It opened in September 2019 and 140 people have registered.</p>
<p>A review of the Special Constabulary has been completed. The Executive Leadership Team takes its findings in December
2019, and the quarter three report will describe them and what follows.</p>
""",
    did="""<p>I funded the website and read the review in draft. I asked that specials be offered the same training in
dealing with vulnerable people as regular officers.</p>""",
)

PREVENT_SAFETY = {
    "outcome-ratio": OUTCOMES,
    "asb-volume": ASB,
    "confidence": CONFIDENCE,
    "ksi-collisions": KSI,
    "specials-hours": SPECIALS,
}
