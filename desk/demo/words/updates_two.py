"""What was said in quarter two 2019-20 of each action of the delivery plan: the deep dive of that quarter's paper."""

from desk.demo.words.shapes import Update, written

ONE_VIEW = """
<p>One View lets one service see, with permission, what another knows. Nine public bodies of the county belong to it. Four
connections are in use:</p>
<ul>
<li>social care records in general practices;</li>
<li>firearms licences for the mental health trust;</li>
<li>addresses known to the council, for the police;</li>
<li>the report on adults at risk, for the fire and rescue service (FRS).</li>
</ul>
<p>The aim since May 2017 has been to stop council, health and police each keeping a separate picture of the same
person.</p>
<p>Where it works it is worth having. Staff of the mental health trust can ask whether a patient holds a firearm, and have
changed plans for a patient's safety after reading the answer. Officers find a violent offender's address at three in the
morning, and warrants have been issued on the strength of it.</p>
<p>In the past 12 months, however, nothing has been added, and the force shares almost nothing with the council through the
system. The council's own digital programme may change that.</p>
<p>The council is replacing its social care records. What the new product can share with others is not known; it seems to be
built to guide a case worker through a case. We expect an answer in the New Year.</p>
<p>Until then One View should go on as what joins the services up, and as a voice that asks for more to be shared.</p>
"""

CYBER_PLAN = """
<p>Crime through computers changes faster than most, and partners are as exposed to it as the public.</p>
<p>The force's Digital Investigation Unit (DIU) deals with every crime that depends on computers and with the worst of those
that computers enable. It pursues offenders within the county and passes on what it learns about the rest. It also advises
victims so that they are not caught twice, readies businesses for an attack, and turns young people with talent away from
crime.</p>
<p>The lead for cyber crime answers for a capability plan that brings staff, training and equipment up to date.</p>
<p>The unit sits on the Local Resilience Forum, which has a plan for an attack on public services, and takes part in its
exercises. It is preparing one for the force itself.</p>
<p>With the regional organised crime unit (ROCU) it runs joint events and is agreeing who gives which advice to whom. Guidance
on staying safe online goes to all officers and staff by 31 December 2019. The two units will next train NHS staff.</p>
<p>Head teachers and business managers of every school have been offered a briefing. A charity that secures the homes of older
people now makes “safe online” visits too, on referral from either council.</p>
<p>Every victim of a crime that depends on computers hears from the unit once the national fraud desk has passed the case on.
The same is being set up for vulnerable victims of crimes that computers enable.</p>
"""

PREVENTION = """
<p>A study in 2017 showed that a few people call the police very often, and that most of them call other services as often.
Services began to share what each knew about them.</p>
<p>In June 2017 the first findings were put to both community safety partnerships and to the Public Service Board. The High Frequency
Contact Group followed. Its subject is the small number of people who take up much time and yet are badly served.</p>
<p>The superintendent for prevention and the county's head of community safety lead the group. The fire and rescue service
(FRS), children's services, the mental health trust and housing belong to it. It has four aims:</p>
<ul>
<li>to understand these people, what they ask for and what they are given;</li>
<li>to prevent more, together;</li>
<li>to intervene better, together;</li>
<li>to say where a service should be redesigned.</li>
</ul>
<p>Workshops have gone through real cases step by step. A plan with dates is being written. Barchester City Council does not
yet take part, and the group is seeking its support.</p>
<p>The mental health trust backs the work in the county. Training for firefighters in dealing with somebody in crisis was
explored. The triage team has no time to give it at present, and the question will be put again in quarter four.</p>
<p>A tactical group led by the county has chosen the south of the county and the way children in care are looked after when
they go missing.</p>
<p>With the FRS the force goes on with joint community officers, help in searches for missing people, and a wider programme of
the region's emergency services. The Police and Fire Programme Board watches over each. The full review of the joint officers
was held in October 2019; the services have yet to agree what follows from it.</p>
<p>The FRS has put its help in searches on hold. Sergeants of both services trained together in October in how to run an
incident jointly.</p>
<p>A meeting in September asked whether warning marks on addresses can be shared. Lawyers of both services are looking at
it.</p>
"""

INVESTIGATION = """
<p>In 2015 the force looked at how its public protection and criminal investigation departments worked. It found:</p>
<ul>
<li>more demand, of a different kind;</li>
<li>crimes given out to suit the process and not the victim;</li>
<li>work that nobody saw, such as reading material held by third parties;</li>
<li>cases passed from team to team;</li>
<li>too few people, and unclear lines of command.</li>
</ul>
<p>A team that knew the work from inside was asked to redesign it. The review, called the Force Investigation Model (FIM),
began in October 2016 and reported in May 2018 with several options.</p>
<p>Chief officers chose a partial change, and it has been put into practice since 1 April 2019 under the FIM Governance
Board.</p>
<p>A review at six months was due in October 2019. A table of costs, risks and benefits was prepared for it, and two champions
gathered what staff had found. The Continuous Improvement Manager is carrying it out with the analysts, and began to talk to
staff in September. The result will go to the board in January 2020.</p>
"""

FAMILIES = """
<p>Some families face many troubles at once: crime, disorder, truancy, debt, illness, abuse. A national programme, now in its
second phase and running to 2020, pays councils to help the whole family and not one member at a time.</p>
<p>Each council has a lead for it. Police, the Department for Work and Pensions, health services and charities support
them.</p>
<p>In the force it belongs to the Crime Prevention Department. An analyst, paid for by both councils, finds the families who
qualify. The contract has been extended by 12 months.</p>
<p>Two officers in Barchester and one in the north of the county work with children and young people before trouble starts,
beside the councils' early help teams.</p>
<p>The Early Intervention Co-ordination Board, set up in November 2018, keeps sight of all such work.</p>
<p>Leads of the force, both councils and the national team met in March 2019 and have since met every six weeks. Their list is
short:</p>
<ol type="1">
<li>share data, and remove what stops it;</li>
<li>find families before they are referred;</li>
<li>understand what family services will look like in two years;</li>
<li>settle what the police bring to them;</li>
<li>train together in what early harm does to a child.</li>
</ol>
<p>A third post to manage repeat demand has been funded for two years by the region's health science network. The first two have
shown what can be done: people who rang every day now ring seldom, because somebody dealt with the cause.</p>
"""

ABUSE_SERVICES = """
<p>All the services for victims of domestic abuse that we commission with both councils are running. There are four
strands:</p>
<ol type="1">
<li>support for victims themselves;</li>
<li>support for children and young people who live with abuse;</li>
<li>work with those who abuse, as part of helping a family;</li>
<li>safe places to live for those who must leave home.</li>
</ol>
<p>One charity provides them in the city and another in the county. Each has places in a refuge and workers in the
community.</p>
<p>Partners know how to refer, and the services have their place in the local safeguarding arrangements. With the last strand
open since July 2019 the action is delivered. The contracts are watched through quarterly meetings.</p>
"""

HARM = """
<p>Teams of police and children's services share an office in the county and in the city and work against child sexual
exploitation (CSE), by prevention and by enforcement. Analysts have begun to look for children at risk before anything is
reported, by the company they are drawn into. What they find goes to the teams.</p>
<p>In the county two older meetings have become one, the Vulnerable Adolescents Contextual Safeguarding Panel (VACS). A
children's service manager and the detective inspector for CSE and missing people chair it together. For each case it asks
whether all agencies are doing what they can, whether the child's surroundings have been dealt with, and what should change
beyond this case. It takes nothing away from the child protection procedures of the safeguarding board.</p>
<p>An analyst of the safeguarding board maps where the young people of all these cases meet, from missing reports, from agencies
and from intelligence.</p>
<p>The Detective Superintendent, Public Protection, chairs the child exploitation groups of both safeguarding boards. They judge
how well agencies respond together. The profile of child sexual abuse made by the force has been shared, and its
recommendations are being followed.</p>
<p>Adults are exploited too. Groups of practitioners in the county and the city, led by the police, support people who sell sex,
and will widen their work to trafficking and modern slavery. The team has moved under the criminal investigation department,
beside those who investigate rape, so that each learns from the other.</p>
<p>A plan for rape and serious sexual offences (RASSO) is driven by a tactical lead with the help of a specialist lawyer. The
Vulnerability Development Board watches over it, and the Detective Superintendent, Serious Crime, answers for it.</p>
<p>On domestic abuse, the police lead a conference call every day with probation, health, housing, army welfare, both refuges and
other partners. Cases of the highest risk go to the Multi-Agency Risk Assessment Conference (MARAC), which the force chairs and
for which it provides two members of staff.</p>
<p>The county's community safety partnership has agreed a strategy on domestic abuse and sexual violence for 2017 to 2020.</p>
<p>Every victim at standard risk is contacted and told where help is to be had. At medium or high risk, officers of the public
protection department see to the victim's safety, and at high risk an independent adviser is appointed as well.</p>
"""

TRIAGE = """
<p>My office and the clinical commissioning group (CCG) go on paying together for mental health nurses in the control room. The
College of Policing is preparing a national framework for evaluating such schemes, with our help; when it is published, the
scheme will be evaluated.</p>
<p>We meet the CCG and the mental health trust every two months about the contract, and the triage manager and the force's lead
every month. At present the scheme does not cover day and night, because the trust cannot fill every post. It is recruiting, and
only a handful of shifts a month now have nobody.</p>
"""

PLACES = """
<p>Police, the CCG and the mental health trust are looking at how crisis services can be staffed so that one absence does not
close them: the section 136 suites, the control room nurses, the 111 line and others. The work goes on through quarters three
and four.</p>
"""

SUBSTANCES = """
<p>Both councils and my office commission one service for alcohol and drugs. We attend its quarterly contract meetings and talk to
the service and to the councils between them.</p>
<p>The contract is in its second year, and its aim is more people who leave treatment well. The improvement plan is working: most
groups of clients do better than a year ago. The county has moved up among similar areas, and the city has begun to, above all for
opiates. Public Health England has praised the rise in people treated for alcohol in the city, and 83 per cent of clients are
satisfied.</p>
<p>Over the summer the service met the public at eleven events and ran campaigns in its hubs and online.</p>
"""

MISSING = """
<p>The force's first duty is to protect the life of somebody who is missing. It cannot do that alone, and shares every report of a
child or a vulnerable adult with its partners.</p>
<p>A missing people team works inside the co-located exploitation teams, under a detective inspector and with specialist
co-ordinators. In 2018-19 there were 2,579 reports of a missing person. Of these 1,464 were of young people aged 13 to 17 and 172 of
children under 13; the other 943 were of adults, or of people whose age was not recorded.</p>
<p>In the past year two missing-person support officers have been employed and trained. They work with the ten people who go missing
most often, and with those around them, on plans that make it less likely.</p>
<p>The effect shows: fewer people went missing repeatedly in the last quarter of 2018-19.</p>
<p>Barsetshire took part in a pilot of a new national alert for an abducted child. It ran for 16 weeks and ended on 12 August 2018. An
alert can now be confined to a few postcodes and sent in the way that fits the place, postmen's hand-held devices among them. A
university is evaluating the pilot. Its report is sixteen months in coming, and we have asked for a date.</p>
<p>A campaign of the force in the media showed what a search takes and who helps: special constables, volunteer search teams,
charities. It drew national interest, and a short film was broadcast.</p>
<p>The missing people policy has been rewritten and shared with Barchester, which is writing its own. A one-page action sheet is in use
at the front line. Work goes on so that every report is written down in the same way and reaches children's services.</p>
"""

_SAID: dict[str, tuple[str, str, str, str]] = {  # text, status, rating, reason for the rating
    "2.01": (ONE_VIEW, "stalled", "red", "No progress in 12 months, past its due date, and nobody owns it."),
    "2.02": (CYBER_PLAN, "in_progress", "green", ""),
    "2.03": (PREVENTION, "in_progress", "amber", "Due date moved twice; one council does not take part."),
    "2.04": (INVESTIGATION, "in_progress", "amber", "The six-month review is late; its result is due in January 2020."),
    "2.05": (FAMILIES, "in_progress", "green", ""),
    "2.06": (ABUSE_SERVICES, "delivered", "green", ""),
    "2.07": (HARM, "in_progress", "green", ""),
    "2.08": (
        TRIAGE,
        "in_progress",
        "amber",
        "Not day and night, for want of staff; evaluation waits for the national framework.",
    ),
    "2.09": (PLACES, "in_progress", "green", ""),
    "2.10": (SUBSTANCES, "in_progress", "green", ""),
    "2.11": (MISSING, "in_progress", "green", ""),
}
UPDATES_TWO: dict[str, Update] = {
    ref: Update(written(text), status, rag, reason) for ref, (text, status, rag, reason) in _SAID.items()
}
