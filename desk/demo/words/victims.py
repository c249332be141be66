"""Quarter two 2019-20 under priority three: what victims said of the service, and what the courts did."""

from desk.demo.words.shapes import Commentary

WHOLE = Commentary(
    text="""
<p class="unnumbered">This section follows what victims told the force's survey in the 12 months to September 2019. It
looks for what made them dissatisfied and for what may have moved the figures since 2017.</p>
<p class="unnumbered">Results hold for the force and for the four groups surveyed: violent crime, dwelling burglary, vehicle crime and hate crime. Anything closer, a town or a single kind of crime, would rest on too few answers to be relied
on, so this report does not print it.</p>
<h3>Victims and the whole experience</h3>
<p>Of the victims asked, {satisfaction-whole.rolling12|76.9 per cent} (±2.9) were satisfied with the whole of their
experience. A year ago it was {satisfaction-whole.rolling12_year_ago|73.8 per cent}. Three things of the last two years
are likely to lie behind the figure:</p>
<ul>
<li><strong>Fewer burglaries.</strong> A programme to deal better with burglary began in November 2017. Recorded burglary
of every kind has since fallen from 4,382 in the 12 months to September 2017 to {burglary.rolling12|3,026}, by 30.9 per
cent.</li>
<li><strong>Nobody calls about the car.</strong> As a rule no officer and no crime scene investigator goes to a vehicle
crime. Its victims are the least satisfied of the four groups.</li>
<li><strong>Shorter waits on the telephone.</strong> The table sets out three years.</li>
</ul>
<table>
<caption>Average wait for an answer, 12 months to September, in minutes and seconds</caption>
<thead><tr><td></td><th scope="col">Sep-17</th><th scope="col">Sep-18</th><th scope="col">Sep-19</th></tr></thead>
<tbody>
<tr><th scope="row">101 calls</th><td>0:12</td><td>0:07</td><td>0:06</td></tr>
<tr><th scope="row">999 calls</th><td>0:05</td><td>0:04</td><td>0:04</td></tr>
<tr><th scope="row">Crime and Incident Bureau calls</th><td>3:49</td><td>1:42</td><td>1:20</td></tr>
</tbody>
</table>
<p>Callers to the Crime and Incident Bureau (CRIB) waited 3 minutes and 49 seconds on average in the year to September
2017 and {answer-crib.rolling12|1 minute and 20 seconds} in the year to September 2019. Over the same time more victims
found it easy to reach us. The two have moved together; that is no proof that one caused the other.</p>
<h3>Seven questions over two years, September 2017 to September 2019</h3>
<table>
<caption>What victims said, 12 months to September, and the change in percentage points over two years</caption>
<thead><tr><td></td><th scope="col">Whole experience</th><th scope="col">Ease of contact</th><th scope="col">Time to
arrive</th><th scope="col">Actions taken</th><th scope="col">Investigation</th><th scope="col">Kept informed</th><th
scope="col">Treatment</th></tr></thead>
<tbody>
<tr><th scope="row">Sep-17</th><td>77.2%</td><td>91.2%</td><td>83.5%</td><td>67.8%</td><td>69.6%</td><td>70.6%</td>
<td>90.9%</td></tr>
<tr><th scope="row">Sep-18</th><td>73.8%</td><td>90.1%</td><td>81.1%</td><td>66.7%</td><td>61.8%</td><td>65.2%</td>
<td>87.3%</td></tr>
<tr><th scope="row">Sep-19</th><td>76.9%</td><td>94.4%</td><td>84.7%</td><td>68.2%</td><td>64.3%</td><td>64.8%</td>
<td>90.4%</td></tr>
<tr><th scope="row">Change</th><td>{table.change|−0.3pp}</td><td>{table.change|+3.2pp}</td><td>{table.change|+1.2pp}</td><td>{table.change|+0.4pp}</td><td>{table.change|−5.3pp}</td><td>{table.change|−5.8pp}</td>
<td>{table.change|−0.5pp}</td></tr>
</tbody>
</table>
<p class="unnumbered">Five of the seven are level or better than two years ago. Two are worse: being kept informed, and
the investigation. The next two measures deal with them.</p>
""",
    did="""<p>I read the verbatim answers of forty victims before writing this. Their words led me to make keeping people
informed a standing item of my monitoring board from October 2019.</p>""",
)

INFORMED = Commentary(
    text="""
<p>Being kept informed satisfied {satisfaction-informed.rolling12|64.8 per cent} of victims in the 12 months to September
2019, 5.8 percentage points fewer than two years ago. Victims of vehicle crime account for most of the fall: among them
it is 10.3 points.</p>
<p class="unnumbered">Of those dissatisfied, 67.6 per cent (±10.5) said that nobody had told them what the police would
do. What they wrote falls into two themes.</p>
<ul>
<li><strong>Nothing followed.</strong> People reported a crime and waited for a call that did not come.</li>
</ul>
<blockquote>
<p>“I rang, I got a number, and that was that. I still do not know if anybody looked at it.”</p>
<p class="source">Victim of vehicle crime, survey of July to September 2019, anonymous</p>
</blockquote>
<ul>
<li><strong>Nobody said what was happening.</strong> Work went on, but the victim was the last to hear.</li>
</ul>
<blockquote>
<p>“They may well be doing something. If they are, nobody has thought to tell me about it.”</p>
<p class="source">Victim of dwelling burglary, survey of July to September 2019, anonymous</p>
</blockquote>
<p>The Strategic Performance Board has agreed a simple promise: every victim is to be told, before the first call ends,
what will happen next and when they will hear. Supervisors check ten records a week against it from December 2019.</p>
""",
    did="""<p>I asked the Chief Constable for that promise and will publish how often it is kept, beginning with the
quarter three report.</p>""",
)

TREATMENT = Commentary(
    text="""
<p>How they were treated satisfied {satisfaction-treatment.rolling12|90.4 per cent} of victims in the 12 months to
September 2019, up from {satisfaction-treatment.rolling12_year_ago|87.3 per cent} a year ago. Officers and staff are
found courteous and kind even where the result disappoints.</p>
<p>The investigation itself satisfied {satisfaction-investigation.rolling12|64.3 per cent}, which is 5.3 percentage
points fewer than two years ago. Again victims of vehicle crime drive the fall, with 9.2 points. Month by month this
figure and that for being kept informed rise and fall together (r = 0.92, n = 25, positive).</p>
<p class="unnumbered">What dissatisfied victims of vehicle crime wrote about the investigation has two strong themes:</p>
<ul>
<li><strong>They were not told what to expect</strong>, nor whether anything had been found.</li>
</ul>
<blockquote>
<p>“Somebody should have said on day one: we shall not be coming, and this is why. I would have understood.”</p>
<p class="source">Victim of vehicle crime, survey of July to September 2019, anonymous</p>
</blockquote>
<ul>
<li><strong>Little or nothing was done</strong> to find who did it.</li>
</ul>
<blockquote>
<p>“My van is how I earn my living. There was a camera across the road and no one asked to see it.”</p>
<p class="source">Victim of vehicle crime, survey of July to September 2019, anonymous</p>
</blockquote>
""",
    did="""<p>I have asked the force to tell every victim of vehicle crime within two days whether an officer will come,
and to ask for camera pictures in every case. A trial in two towns reports to me in March 2020.</p>""",
)

CONVICTION = Commentary(
    text="""
<p>The share of defendants convicted in Barsetshire's courts is stable over the long term.</p>
<p>In the 12 months to August 2019 the courts dealt with {conviction-rate.rolling12_denominator|4,993} defendants and
convicted {conviction-rate.rolling12_numerator|4,437} of them, or {conviction-rate.rolling12|89 per cent}.</p>
<p>It was {conviction-rate.rolling12_year_ago|88 per cent} in the 12 months to August 2018. A single month swings a few
points either way and means little.</p>
<p>The measure stands on the scorecard of the Barsetshire Criminal Justice Board, a partnership that I chair and that
meets every other month.</p>
<p>At its meeting on 6 November 2019 the Chief Constable said he was worried by how few rape cases reach the prosecutor. The Crown Prosecution Service (CPS) answered through its Chief Crown Prosecutor, who proposed that somebody independent should read police files, and
the commissioner's office of a neighbouring county has agreed to do so.</p>
<p>A week later it was reported nationally that prosecutors had worked for a time to a conviction target that was not
made public.{note|National broadcaster, report of 13 November 2019 on a conviction target for rape.} If so, it may have
told on which cases were taken forward.</p>
<p>The board then turned to what more can be done for victims while a case is waiting. The partnership board of the
sexual assault referral centre, which had not met for a year, has begun again and is planning for the next contract.</p>
""",
    did="""<p>As chair I put rape files on the board's agenda and secured the independent reading of them. The first
findings come to the board on 8 January 2020.</p>""",
)

CRACKED = Commentary(
    text="""
<p>Of the {cracked-trials.quarter_denominator|255} trials listed in quarter two, 133 did not go ahead as listed. In
{cracked-trials.quarter_numerator|43} of these the reason lay with the prosecution, which is
{cracked-trials.quarter|16.9 per cent} of the trials listed.</p>
<p>The measure belongs to the performance framework of the Barsetshire Criminal Justice Board.</p>
<p>The share is down from {cracked-trials.previous_quarter|21.0 per cent} in quarter one and from 24.6 per cent in
quarter four of 2018-19, but still above the average of 2017-18. The courts record the reason by code; these are the
codes that count against the prosecution:</p>
<table>
<caption>Reasons for a cracked or ineffective trial that lie with the prosecution</caption>
<thead><tr><th scope="col">Code</th><th scope="col">Reason</th></tr></thead>
<tbody>
{reason-codes}
</tbody>
</table>
<p>On 6 November 2019 the Deputy Chief Crown Prosecutor reported to the board for the quality assurance delivery group,
which oversees this work.</p>
<p>In the 12 months to July 2019 the prosecution ended {trials-ended-witness.rolling12|86} cases on the day because a
witness did not come or withdrew. Prosecutors now give written notice when a case is to be dropped, and ask for an
adjournment before the day and not on it.</p>
<p>The three forces of the prosecution area are changing how they keep in touch with witnesses. In almost every such case
nobody had any sign beforehand that the witness would stay away.</p>
""",
    did="""<p>I asked the board which of the 43 trials could have been saved. It will report in January 2020 on those
lost for reasons within the control of the police.</p>""",
)

VICTIMS = {
    "satisfaction-whole": WHOLE,
    "satisfaction-informed": INFORMED,
    "satisfaction-treatment": TREATMENT,
    "conviction-rate": CONVICTION,
    "cracked-trials": CRACKED,
}
