"""Quarter two 2019-20 under priority four: answering, arriving, files for court, complaints and sickness."""

from desk.demo.words.shapes import Commentary

IMMEDIATE = Commentary(
    text="""
<p>This measure is the average time between an emergency call and the first officer's arrival. The next is the same for
priority incidents.</p>
<p>Officers attended {incidents-immediate.quarter|5,029} emergencies in quarter two and
{incidents-immediate.rolling12|17,918} in the 12 months to September 2019, which is
{incidents-immediate.rolling12_on_year_percentage|10.9 per cent} more than in the 12 months before.</p>
<p>They arrived after {response-immediate.quarter|12 minutes and 47 seconds} on average. In quarter one it was
{response-immediate.previous_quarter|10 minutes and 26 seconds}.</p>
<p>September makes the difference, and September cannot be taken at its face. The systems of the contact centre were down
from 14<sup>th</sup> to 17<sup>th</sup> September 2019, work was kept on paper, and the times typed in afterwards are
later than the real ones.</p>
<p>Every measure of calls and of response in this report is affected: both response times, 999 answering, and the two
measures of the Crime and Incident Bureau. The service itself was kept up throughout. The records are being put right and
the figures will be revised.</p>
<p>The outage does not touch July and August. In August officers took 10 minutes and 26 seconds, as in most months of the
last year; in July, which was busy, 11 minutes and 19 seconds.</p>
""",
    did="""<p>I was told of the outage on the morning of 14 September 2019 and visited the contact centre on the 16th. I
have asked for a full account of why the reserve system did not take over, due on 17 December 2019.</p>""",
)

PRIORITY = Commentary(
    text="""
<p>Officers attended {incidents-priority.quarter|9,379} priority incidents in quarter two. Callers are told to expect
somebody within one hour.</p>
<p>The average was {response-priority.quarter|57 minutes and 50 seconds}, against
{response-priority.previous_quarter|53 minutes and 26 seconds} in quarter one.</p>
<p>Over the 12 months to September 2019 it was {response-priority.rolling12|51 minutes and 41 seconds} for
{incidents-priority.rolling12|36,329} incidents. A year before it was
{response-priority.rolling12_year_ago|45 minutes and 53 seconds}.</p>
<p>The outage of September stands in these figures too, but it is not the whole story. This average had been growing
since the winter, before the systems failed, and it is now close to the hour.</p>
""",
    did="""<p>I have told the Chief Constable that I regard this as a concern and not as a data problem. He is to bring a
plan to my monitoring board on 28 January 2020.</p>""",
)

ANSWER_999 = Commentary(
    text="""
<p>The force answered {calls-999.quarter|27,163} emergency calls in quarter two after
{answer-999.quarter|5 seconds} on average. The September outage stands in that figure; in July and August it was four.</p>
<p>More people dial 999 each year: {calls-999.rolling12|92,676} calls in the 12 months to September 2019,
{calls-999.rolling12_on_year_percentage|7.3 per cent} more than in the 12 months before.</p>
<p>The wait has not grown with the calls, and I have no concern about the force's readiness to answer an emergency.</p>
""",
    did="""<p>I listened to calls with the team on a Saturday night in August 2019, and I thanked them for what I
heard.</p>""",
)

ANSWER_CRIB = Commentary(
    text="""
<p>The Crime and Incident Bureau (CRIB) takes reports that are not emergencies. It received {calls-crib.quarter|40,524}
calls in quarter two.</p>
<p>A caller waited {answer-crib.quarter|1 minute and 45 seconds} on average. That is well above the
{answer-crib.previous_quarter|1 minute and 4 seconds} of quarter one, because of the outage in September. Over 12 months
the wait is {answer-crib.rolling12|1 minute and 20 seconds}, and has fallen for two years.</p>
<p>Victims have noticed. More of them say that we are easy to reach than at any time since the survey began, as the
commentary on satisfaction shows.</p>
""",
    did="""<p>I asked for the wait to be shown by hour of the day from quarter three, since an average over the whole week
hides the evening.</p>""",
)

ABANDONED = Commentary(
    text="""
<p>When the wait for the Crime and Incident Bureau (CRIB) is short, fewer callers give up before they are answered.</p>
<p>In quarter two {abandonment-crib.quarter|5.7 per cent} of calls were given up, and
{abandonment-crib.rolling12|4.3 per cent} over the 12 months to September 2019. In quarter one it was
{abandonment-crib.previous_quarter|3.4 per cent}; the outage of 14 to 17 September explains the difference.</p>
<p>The rate has been below 10 per cent in every month since November 2017. Before that it had stood above 10 per cent for
19 months together, from April 2016 to October 2017.</p>
<p>So the better service has lasted two years. It comes from the programme to improve the contact centre, above all from
having people at work when the calls come in.</p>
<p>What the programme does next is the early resolution unit. It opened on 1 December 2019 and settles by telephone those
reports that do not need a visit. The Assistant Chief Constable (Operations) expects it to take work off the response
teams.</p>
<p>Its results will be watched month by month, and an evaluation will say by 30 June 2020 what difference it has
made.</p>
<p>A superintendent leads the programme, under the Strategic Change Board and the Strategic Performance Board.</p>
""",
    did="""<p>I supported the unit on condition that its callers are asked what they thought of it. Its performance is a
standing item of my monitoring board from January 2020.</p>""",
)

FULL_FILES = Commentary(
    text="""
<p>When a defendant pleads not guilty, the prosecutor asks the police for a full file. The force checks each one before
it goes. This measure is the share that failed the check.</p>
<p>A file is marked against 11 standards drawn from the national file standard. To fail one is to fail.</p>
<p>Managers see the common mistakes every two weeks and can train a person, a team or a department accordingly.</p>
<p>The force sent {full-file-errors.quarter_denominator|185} full files in quarter two and one of them failed:
{full-file-errors.quarter|0.5 per cent}. In quarter one it was four of 160,
{full-file-errors.previous_quarter|2.5 per cent}.</p>
<p>Each failure is kept with the number of its case, so that whoever prepared the file can learn from it. With one or
four in a quarter the percentage itself means little; that it has stayed low means more.</p>
""",
    did="""<p>I asked the Chief Crown Prosecutor whether his lawyers see the same quality. They do, and I passed his thanks
to the justice department.</p>""",
)

COMPLAINTS = Commentary(
    text="""
<p>The force recorded {complaints.quarter|200} complaints in quarter two and {complaints.rolling12|739} in the 12 months
to September 2019.</p>
<p>A year before it was {complaints.rolling12_year_ago|529}, so the rise is
{complaints.rolling12_on_year_percentage|39.7 per cent}.</p>
<p>The months go up and down with the hands available in the standards department and not with the number who complain.
A backlog grew in the winter and was cleared in the spring and early summer, so the peaks show when complaints were
written down.</p>
<p>The Deputy Chief Constable reviews this measure at the Strategic People Board. A superintendent reads every serious
complaint and conduct matter. He has seen no pattern among them, and has asked the analysts to make sure; their answer is
due in February 2020.</p>
""",
    did="""<p>I dip into closed complaint files every quarter. Of the twenty I read in October 2019, two answered the
letter and not the complaint, and I sent both back.</p>""",
)

TEN_DAYS = Commentary(
    text="""
<p>The Independent Office for Police Conduct expects a complaint to be recorded within ten working days, taking the
average.{note|Independent Office for Police Conduct, Statutory guidance to the police service on the handling of
complaints, section on recording. <a href="https://www.policeconduct.gov.uk">www.policeconduct.gov.uk</a>}</p>
<p>In quarter two {complaints-10-days.quarter_numerator|180} of {complaints-10-days.quarter_denominator|200} complaints,
{complaints-10-days.quarter|90 per cent}, were recorded within ten days. Quarter one's
{complaints-10-days.previous_quarter|93 per cent} was a little better; the step between them is within chance.</p>
<p>The average was seven days. In quarter four of 2018-19, with the backlog, it was 15.</p>
""",
    did="""<p>I agreed to pay for a second recording officer until March 2020. I will ask at my monitoring board in
February whether the work can be kept up without one.</p>""",
)

APPEALS = Commentary(
    text="""
<p>A complainant who is not content with the answer may appeal. If many appeals are upheld, something is wrong with how
complaints are looked into, and that is why this is measured.</p>
<p>Ten appeals were completed in quarter two and two of them upheld, which is 20 per cent. In quarter one six were
completed and three upheld, or 50 per cent.</p>
<p>Over the 12 months to September 2019 it was six of 26, or 23 per cent. Set against the 739
complaints recorded in the same months that is 0.8 per cent.</p>
<p>Figures as small as these say little about a quarter. They are printed because each appeal upheld is a lesson that
somebody must learn.</p>
""",
    did="""<p>I read the five appeals upheld since April 2019 and asked the Head of Professional Standards to tell me what
was changed after each.</p>""",
)

SICKNESS = Commentary(
    text="""
<p>Officers and staff lost {days-lost.rolling12|14.8} working days each to sickness in the 12 months to September 2019.
In the 12 months before it was {days-lost.rolling12_year_ago|12.6}.</p>
<p>The force knows that this is too high. The Director of People and Change leads a group that works on nothing else.</p>
<p>The group has a plan of 19 actions, each with an owner, and meets every month.</p>
<p>It deals with four matters above all:</p>
<ol type="a">
<li>telling people plainly what help there is and how to ask for it;</li>
<li>a set of tools for line managers, who make the first and most important call;</li>
<li>training and support for those managers;</li>
<li>what brings people back to work sooner, and safely.</li>
</ol>
<p>The group reports to the Strategic People Board, which the Deputy Chief Constable chairs.</p>
<p>Working days lost have grown by 16 per cent among police officers and by 21 per cent among police staff over the 12
months.</p>
<p>Other forces are known for the year to March 2019 only. In that year neither our officers nor our staff stood apart
from the rest of the country, as the charts show. The rise since then is our own and is not in that comparison.</p>
""",
    did="""<p>I expect this group to turn the figure round and have told the Chief Constable so. It reports to my monitoring
board every second month, next on 28 January 2020.</p>""",
)

QUALITY = {
    "response-immediate": IMMEDIATE,
    "response-priority": PRIORITY,
    "answer-999": ANSWER_999,
    "answer-crib": ANSWER_CRIB,
    "abandonment-crib": ABANDONED,
    "full-file-errors": FULL_FILES,
    "complaints": COMPLAINTS,
    "complaints-10-days": TEN_DAYS,
    "appeals-upheld": APPEALS,
    "days-lost": SICKNESS,
}
