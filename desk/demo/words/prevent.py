"""Quarter two 2019-20 under priority one: recorded crime, how well it is recorded, cyber crime and hate crime."""

from desk.demo.words.shapes import Commentary

CRIME = Commentary(
    text="""
<p>The force recorded {crime-volume.quarter|11,856} crimes between July and September 2019. That brings the total for
the 12 months to September 2019 to {crime-volume.rolling12|44,340}.</p>
<p>The yearly total stands {crime-volume.rolling12_on_year_change|1,258} higher than it did at September 2018, a rise of
{crime-volume.rolling12_on_year_percentage|2.9 per cent}. The quarter itself was
{crime-volume.quarter_on_year_percentage|7.4 per cent} above the same three months of last year.</p>
<p>Set against the number of people who live here, Barsetshire recorded {crime-rate.rolling12_quarter_ago|61.2} crimes
for every 1,000 residents in the year to June 2019. The average of our most similar forces, ourselves included, was
73.0. We are below the band within which most of them lie.</p>
<p>The national statisticians ask readers to be careful with police figures: for many kinds of crime they say more
about how well forces record than about how much crime people suffer.{note|Office for National Statistics, Crime in
England and Wales: year ending June 2019, published October 2019, section on data quality.
<a href="https://www.ons.gov.uk/peoplepopulationandcommunity/crimeandjustice">www.ons.gov.uk</a>} The commentary on
recording compliance below bears this out.</p>
<p>Over the same year to June 2019 recorded crime rose by 6 per cent across England and Wales and by 1 per cent in our
region.</p>
<p>Barsetshire was one of five forces whose recorded crime fell in the year to June 2019, by 0.3 per cent. The summer
months have since turned that small fall into the rise described above.</p>
<p>Earlier reports expected this order of events. The force put its recording right some 18 months before most others,
so its counts climbed early and levelled early, while other forces are still climbing.</p>
<p>I published a statement when the national figures came out.{note|Office of the Police and Crime Commissioner for
Barsetshire, statement on the national crime figures, 17 October 2019.} The main passages are these.</p>
<blockquote>
<p>“Three years ago I told the force that too many homes were being broken into and too few burglars caught. Homes and
cars are safer today than they were then, and I thank the officers who made them so.”</p>
<p>“Reports of residential burglary are down by 27 per cent in a year and vehicle crime by 26 per cent. Thefts from the
person are nearly 16 per cent lower. Those are people who did not have to make that call.”</p>
<p>“Scrutiny can be uncomfortable. It is also what the public elects a commissioner to do, and here it has worked.”</p>
<p class="source">Police and Crime Commissioner, 17 October 2019</p>
</blockquote>
<p class="unnumbered">The superintendent who leads on crime across the county explained how it was done:</p>
<blockquote>
<p>“In 2016 we looked hard at our own burglary results and did not like them. We built a tasking team that follows the
offenders rather than the paperwork, and it goes on paying back.”</p>
<p>“A very few people commit most of these crimes. We know who they are, and a good number are now in prison.”</p>
<p>“None of this lets us relax. A locked door, a lit porch and a neighbour who rings us still stop more burglaries than
we do, so please keep all three.”</p>
<p class="source">Superintendent, Head of Geographical Crime, 17 October 2019</p>
</blockquote>
<p class="unnumbered">Not every line fell: in the same year recorded drug offences rose by 21 per cent and possession of
weapons by 28 per cent. Of these I said:</p>
<blockquote>
<p>“Both rises are what you see when officers go looking. Dealers who send children into our towns with drugs in their
pockets also send them with knives.”</p>
<p>“Last week I went out with the teams in Barchester on the day that 62 people were arrested. I will go on working with
the force so that this pressure does not slacken.”</p>
<p class="source">Police and Crime Commissioner, 17 October 2019</p>
</blockquote>
<p>The force believes that its place beside others owes most to having settled its recording first, and the yearly
audits support that view. The figures of every force, with the change on the year, are open to anybody.{note|Office for
National Statistics, Police force area data tables, year ending June 2019.
<a href="https://www.ons.gov.uk/peoplepopulationandcommunity/crimeandjustice/datasets/policeforceareadatatables">Data
tables</a>}</p>
<p>Among all forces Barsetshire had the fourth lowest rate of crime in the year to June 2019, the sixth lowest rate of
violence against the person and the fifth lowest rate of sexual offences.</p>
<p>Burglary and vehicle crime have gone on falling since June, and faster than the national line. In the 12 months to
September 2019 the force recorded {burglary.rolling12|3,026} burglaries of every kind, against
{burglary.rolling12_year_ago|3,851} a year before, and {vehicle-offences.rolling12|2,758} vehicle offences, against
{vehicle-offences.rolling12_year_ago|3,903}.</p>
<p>Possession of weapons runs the other way: {weapons-possession.rolling12|375} offences in the 12 months to September
2019, {weapons-possession.rolling12_on_year_change|79} more than in the 12 months before. In the year to June the rise
was 28 per cent here and 16 per cent nationally.</p>
<p>The Vulnerability and Operations Board went through that rise case by case. Most of it follows from operations
against knives in Barchester and the market towns: stop and search based on intelligence, sweeps of parks, and bins
where a knife may be handed in and no questions asked.</p>
<p>A crime of possession comes to light chiefly when somebody looks, so more effort shows as more crime. Crimes in which
a knife was used tell a different story: there were {knife-crime.rolling12_quarter_ago|196} in the year to June 2019,
the fourteenth lowest number of any force.</p>
""",
    did="""<p>I put the rise in weapons and drug offences to the Chief Constable at my monitoring board on 24 September 2019
and asked for the county lines results to come back each quarter. I went out with the operation in Barchester myself.</p>""",
)

COMPLIANCE = Commentary(
    text="""
<p>When somebody reports a crime, the force must judge it rightly and record it within 24 hours, by rules that the Home
Office sets for every force.{note|Home Office, Counting rules for recorded crime, 2019 edition.
<a href="https://www.gov.uk/government/publications/counting-rules-for-recorded-crime">www.gov.uk</a>} My office and the
force hold to those rules without exception.</p>
<p>Much hangs on it. A crime that is not recorded is a victim who is not offered help, a pattern nobody sees, and a
demand on the force for which nobody plans.</p>
<p>It follows that better recording means more recorded crime. That has been so in every force that has tried, and this
report has said so before. A rise that comes from recording is good news.</p>
<p>Most of the work is done by the Crime and Incident Validation Unit (CIVU). It reads every crime, and the kinds of
incident in which a crime is most easily missed, puts mistakes right and tells the officer the same week.</p>
<p>The force's auditors examined 423 reports in September 2019 and found that 386 had been recorded as the rules
require: {compliance-rate.sample|91.3 per cent}. In the sample of June 2019 it was
{compliance-rate.previous_sample|88.1 per cent}.</p>
<p>Reports are no longer audited against the detailed counting rules as well, because no inspection asks for it. I
record that here so that the figure does not vanish without a word. Nothing on which the inspectorate judges the force
has changed.</p>
<p>This is the third sample drawn by the new method and each has been better than the one before. With samples of this
size the step from June is within what chance could do; the three together are more convincing than the last step.</p>
<p>Some groups of reports are examined apart:</p>
<ul>
<li><strong>Referrals from partner agencies</strong> to the public protection team:
{compliance-partner-referrals.sample|98.7 per cent} recorded correctly.</li>
<li><strong>Rape and other sexual offences</strong>: every report in the sample was recorded correctly.</li>
<li><strong>Domestic abuse</strong>: every report in the sample was recorded correctly.</li>
</ul>
<p>Audits before March 2019 were drawn and judged in another way. They point in the same direction, but their
percentages must not be set beside these.</p>
<p>The method stays as it is until March 2020, so each quarter of this year can be compared with the others. A
comparison over the whole year will be in the quarter four report.</p>
""",
    did="""<p>The validation unit has been at full strength since December 2018, for which I found the money, and I said then
that I expected the audits to show it. They do. I have asked the Deputy Chief Constable to bring the next sample to my
monitoring board in January 2020.</p>""",
)

CYBER = Commentary(
    text="""
<p>More of life is lived online each year, and crime has followed. Two kinds are told apart:</p>
<blockquote>
<p>“Crime that depends on computers could not happen without them. Breaking into a network, locking an owner out of
their own files and flooding a website until it fails are of this kind.”</p>
<p>“Crime that computers enable is old crime with a longer reach. Harassment, blackmail and the abuse of children all
happen offline too; the internet brings them to more people, faster and from further away.”</p>
<p class="source">A guide for partner agencies{note|Western Regional Cyber Crime Unit, A guide for partner agencies,
second edition, 2018, page 4.}</p>
</blockquote>
<p>The force counts a crime as cyber crime when an officer has flagged it, or when its summary holds a word or phrase
from a list. The intelligence department keeps that list up to date, so later months catch a little more than earlier
ones.</p>
<p>Counted so, there were {cyber-flagged.quarter|726} cyber crimes in quarter two and {cyber-flagged.rolling12|3,015} in
the 12 months to September 2019, which is {cyber-flagged.rolling12_on_year_percentage|26.4 per cent} more than in the 12
months before. The quarter was {cyber-flagged.quarter_on_year_percentage|2.3 per cent} above the same quarter of last
year, so most of the rise is already behind us.</p>
<p>Better flagging explains part of the rise. The greater part is a real change in what people ask of the police, here
as elsewhere.</p>
<p>Stalking and harassment is the largest group, with {cyber-stalking-harassment.rolling12|1,286} of the year's crimes,
before sexual offences with {cyber-sexual-offences.rolling12|437} and public order with
{cyber-public-order.rolling12|346}. Fraud is not in these figures: it is reported to the national fraud desk.</p>
""",
    did="""<p>I asked at my monitoring board how many of these victims hear from a specialist officer. From quarter three the
force will report that number with this measure.</p>""",
)

HATE = Commentary(
    text="""
<p>In the 12 months to September 2019 people reported {hate-crime.rolling12|619} hate crimes. In the 12 months to
September 2018 it was {hate-crime.rolling12_year_ago|658}: 39 fewer, a fall of 5.9 per cent.</p>
<p>The quarter's {hate-crime.quarter|178} crimes are five below the same quarter of last year. Reports are highest in
summer each year, so the step up from {hate-crime.previous_quarter|163} in quarter one is what the season brings.</p>
<p>Across England and Wales the police recorded 10 per cent more hate crime in the year to March 2019, and more than
twice as much as in 2012-13.{note|Home Office, Hate crime, England and Wales, 2018 to 2019, statistical bulletin
published October 2019. <a href="https://www.gov.uk/government/collections/hate-crime-statistics">www.gov.uk</a>} The
longer climb was seen here too, and the local press has written about it.{note|Barchester Chronicle, report on hate
crime over five years, 16 October 2019.}</p>
<p>The national bulletin names three causes: fuller recording, the terrorist attacks of 2017 and the referendum on
leaving the European Union. All three would have raised the figures of earlier years more than those of this one.</p>
<p>Nothing in quarter two calls for action beyond what is in hand. A fall of this size in a year is within the range of
chance, and I do not read it as less hatred: many who suffer it still tell nobody.</p>
""",
    did="""<p>I oversee this measure through the quarterly Hate Crime Partnership Meeting, which my office attended on 12
September 2019. I asked the partners for a joint plan to raise reporting by disabled people, due in March 2020.</p>""",
)

PREVENT = {"crime-volume": CRIME, "compliance-rate": COMPLIANCE, "cyber-flagged": CYBER, "hate-crime": HATE}
