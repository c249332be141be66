"""Quarter one 2019-20: the shorter commentary that stands beside quarter two as last quarter's text."""

from desk.demo.words.shapes import Commentary, written

PREVENT = {
    "crime-volume": (
        """<p>The force recorded {crime-volume.quarter|10,952} crimes between April and June 2019 and
        {crime-volume.rolling12|43,523} in the 12 months to June 2019. That is 132 fewer than in the 12 months before, a
        fall of 0.3 per cent.</p>
        <p>For every 1,000 residents there were {crime-rate.rolling12|61.2} crimes in the year. Residential burglary and
        vehicle crime have fallen by more than a quarter.</p>""",
        "I asked the Chief Constable to keep the burglary tasking team together through the winter.",
    ),
    "compliance-rate": (
        """<p>In the sample of June 2019 {compliance-rate.sample|88.1 per cent} of reports had been recorded as the rules
        require. In March 2019 it was {compliance-rate.previous_sample|86.2 per cent}.</p>
        <p>Audits before March 2019 used another method and cannot be compared with these.</p>""",
        "I asked for the audit to be repeated in September 2019 by the same method.",
    ),
    "cyber-flagged": (
        """<p>There were {cyber-flagged.quarter|668} cyber crimes in quarter one and {cyber-flagged.rolling12|2,999} in the
        12 months to June 2019, {cyber-flagged.rolling12_on_year_percentage|38.1 per cent} more than in the 12 months
        before.</p>""",
        "I asked the force how its list of cyber words is kept, and am content with the answer.",
    ),
    "hate-crime": (
        """<p>In the 12 months to June 2019 people reported {hate-crime.rolling12|624} hate crimes. In the 12 months to June
        2018 it was {hate-crime.rolling12_year_ago|661}.</p>
        <p>There are no concerns about the quarter's {hate-crime.quarter|163} crimes.</p>""",
        "My office attended the Hate Crime Partnership Meeting on 13 June 2019.",
    ),
    "outcome-ratio": (
        """<p>A positive outcome was reached for {outcome-ratio.rolling12|16.2 per cent} of the crimes recorded in the 12
        months to June 2019. The share has been level for a year while it fell in other forces.</p>""",
        "I asked why residential burglary lags behind other crimes.",
    ),
    "asb-volume": (
        """<p>There were {asb-volume.quarter|4,424} incidents of anti-social behaviour in quarter one and
        {asb-volume.rolling12|16,848} in the 12 months to June 2019. The long fall has slowed.</p>""",
        "I met residents of two estates in Barchester to hear what they live with.",
    ),
    "confidence": (
        """<p>The national survey stands in for our own. In the 12 months to March 2019 {confidence.rolling12|79.3 per cent} (±3.4) of adults had confidence in their local police.</p>""",
        "I began work on what should follow the local survey.",
    ),
    "ksi-collisions": (
        """<p>In the 12 months to March 2019 there were {ksi-collisions.rolling12|271} collisions in which somebody was
        killed or seriously injured, against {ksi-collisions.rolling12_year_ago|265} in the 12 months before.</p>""",
        "I asked for a report on road safety before the end of the year.",
    ),
    "specials-hours": (
        """<p>Special constables were on duty for {specials-hours.quarter|16,469} hours in quarter one, fewer than the
        {specials-hours.quarter_year_ago|17,314} of the same quarter last year.</p>""",
        "I agreed to pay for a recruitment website.",
    ),
}
PROTECT = {
    "section-136": (
        """<p>Section 136 of the Mental Health Act was used {section-136.quarter|70} times in quarter one and
        {section-136.rolling12|281} times in the 12 months to June 2019. The law was widened in December 2017, and a rise
        was expected.</p>""",
        "My office read the record of every detention of the quarter.",
    ),
    "cse-crimes": (
        """<p>Officers marked {cse-crimes.quarter|33} crimes in quarter one as child sexual exploitation. The trend is
        level.</p>""",
        "I asked for the plan against child exploitation to name an owner for each of its strands.",
    ),
    "domestic-abuse": (
        """<p>In the 12 months to June 2019 the force recorded {domestic-abuse.rolling12|6,516} domestic abuse crimes,
        {domestic-abuse.rolling12_on_year_percentage|13.5 per cent} more than in the 12 months before. Analysts are
        studying why and report in September 2019.</p>""",
        "I asked for that study.",
    ),
    "sexual-offences": (
        """<p>The force recorded {sexual-offences.quarter|380} sexual offences in quarter one and
        {sexual-offences.rolling12|1,601} in the 12 months to June 2019, fewer than the
        {sexual-offences.rolling12_year_ago|1,718} of the 12 months before.</p>""",
        "I asked whether fewer reports mean fewer offences.",
    ),
}
VICTIMS = {
    "satisfaction-whole": (
        """<p>In the 12 months to June 2019 {satisfaction-whole.rolling12|75.9 per cent} of victims were satisfied with the
        whole of their experience. The figure has risen since last autumn.</p>""",
        "I asked to read what victims wrote, in their own words.",
    ),
    "satisfaction-informed": (
        """<p>Being kept informed satisfied {satisfaction-informed.rolling12|64.9 per cent} of victims in the 12 months to
        June 2019. It is the weakest of the seven questions with a promise attached to it.</p>""",
        "I raised it with the Chief Constable.",
    ),
    "satisfaction-treatment": (
        """<p>How they were treated satisfied {satisfaction-treatment.rolling12|90.0 per cent} of victims in the 12 months
        to June 2019.</p>""",
        "I asked the force to thank its teams for it.",
    ),
    "conviction-rate": (
        """<p>In the 12 months to May 2019 the courts convicted {conviction-rate.rolling12|89 per cent} of defendants. The
        long-term trend is level.</p>""",
        "I chaired the Barsetshire Criminal Justice Board, which keeps this on its scorecard.",
    ),
    "cracked-trials": (
        """<p>Of the {cracked-trials.quarter_denominator|252} trials listed in quarter one,
        {cracked-trials.quarter_numerator|53} did not go ahead for reasons that lay with the prosecution, which is
        {cracked-trials.quarter|21.0 per cent}.</p>""",
        "I asked the board for the reasons by code.",
    ),
}
QUALITY = {
    "response-immediate": (
        """<p>Officers reached emergencies after {response-immediate.quarter|10 minutes and 26 seconds} on average in
        quarter one. In the same quarter of last year it was
        {response-immediate.quarter_year_ago|10 minutes and 11 seconds}.</p>""",
        "I rode with a response team for a night shift in May 2019.",
    ),
    "response-priority": (
        """<p>Priority incidents were reached after {response-priority.quarter|53 minutes and 26 seconds} on average in
        quarter one. A year ago it was {response-priority.quarter_year_ago|45 minutes and 47 seconds}, and I shall watch
        it.</p>""",
        "I asked the force what has changed since the winter.",
    ),
    "answer-999": (
        """<p>Emergency calls were answered after {answer-999.quarter|4 seconds} on average in quarter one. There were
        {calls-999.quarter|23,400} of them.</p>""",
        "I have no concern and took no action.",
    ),
    "answer-crib": (
        """<p>Callers to the Crime and Incident Bureau waited {answer-crib.quarter|1 minute and 4 seconds} on average in
        quarter one, against {answer-crib.quarter_year_ago|1 minute and 27 seconds} in the same quarter of last
        year.</p>""",
        "I thanked the contact centre for a year of steady improvement.",
    ),
    "abandonment-crib": (
        """<p>In quarter one {abandonment-crib.quarter|3.4 per cent} of calls to the Crime and Incident Bureau were given
        up before they were answered. In the same quarter of last year it was
        {abandonment-crib.quarter_year_ago|5.9 per cent}.</p>""",
        "I supported the plan for an early resolution unit.",
    ),
    "full-file-errors": (
        """<p>The force sent {full-file-errors.quarter_denominator|160} full files in quarter one and four failed the
        check: {full-file-errors.quarter|2.5 per cent}.</p>""",
        "I asked how what is learned reaches the officers who prepare files.",
    ),
    "complaints": (
        """<p>The force recorded {complaints.quarter|180} complaints in quarter one and {complaints.rolling12|676} in the 12
        months to June 2019. A backlog was being cleared, which raises both figures.</p>""",
        "I dip into closed complaint files every quarter.",
    ),
    "complaints-10-days": (
        """<p>In quarter one {complaints-10-days.quarter|93 per cent} of complaints were recorded within ten days. In
        quarter four of 2018-19, with the backlog, it was {complaints-10-days.previous_quarter|47 per cent}.</p>""",
        "I agreed to pay for a second recording officer.",
    ),
    "appeals-upheld": (
        """<p>Six appeals were completed in quarter one and three were upheld, or
        {appeals-upheld.quarter|50 per cent}.</p>""",
        "I read the three that were upheld.",
    ),
    "days-lost": (
        """<p>Officers and staff lost {days-lost.rolling12|14.3} working days each to sickness in the 12 months to June
        2019, against {days-lost.rolling12_year_ago|12.1} in the 12 months before.</p>""",
        "I told the Chief Constable that this is too high.",
    ),
}
QUARTER_ONE: dict[str, Commentary] = {
    slug: Commentary(written(text), f"<p>{did}</p>")
    for slug, (text, did) in (PREVENT | PROTECT | VICTIMS | QUALITY).items()
}
