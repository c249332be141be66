"""Files made from agreed minutes and published decisions, by the worker. Making them again changes nothing."""

from django.utils import timezone

from core.accounts.clock import today
from core.accounts.permissions import Permission
from core.documents.actions import store_file
from core.documents.render import Progress
from governance.boards import decision_content, logs, minutes_content, rendering
from governance.boards.models import DecisionFile, DecisionVersion, LogFile, MinutesFile, MinutesVersion
from governance.boards.presenters import day_words


def agreed_line(version: MinutesVersion) -> str:
    if hasattr(version, "release"):
        return f"Agreed at the meeting of {day_words(version.agreed_at_meeting.date)}; an exempt item released since"
    how = "Agreed" if version.number == 1 else "Amended"
    return f"{how} at the meeting of {day_words(version.agreed_at_meeting.date)}"


def signed_line(version: MinutesVersion) -> str:
    """Who signed, as what and when; empty before."""
    signature = version.signature_or_none
    if signature is None:
        return ""
    day = day_words(timezone.localtime(signature.signed_at).date())
    return f"Signed by {signature.signed_by.name} ({signature.signed_as}) on {day}"


def standing_of(version: MinutesVersion) -> rendering.Standing:
    signature = version.signature_or_none
    at = signature.signed_at if signature else version.made_at
    return rendering.Standing(
        version.number, agreed_line(version), signed_line(version), version.reason, version.sha256, at
    )


def file_name(version: MinutesVersion, build: str) -> str:
    """ "minutes-monitoring-board-2019-09-24-v1.pdf"; the restricted build says so."""
    meeting = version.meeting
    end = "" if build == rendering.PUBLIC else "-restricted"
    return f"minutes-{meeting.board.slug}-{meeting.date.isoformat()}-v{version.number}{end}.pdf"


def render_version(version: MinutesVersion, progress: Progress) -> list[MinutesFile]:
    """The PDFs of a version as it stands that are not made yet."""
    standing = standing_of(version)
    builds = rendering.builds_of(minutes_content.from_text(version.content))
    made = []
    for place, (build, content) in enumerate(builds.items()):
        if version.files.filter(build=build, is_signed=bool(standing.signed)).exists():
            continue

        def share(done: float, total: float, words: str, place: int = place) -> None:
            progress(place + done / total, len(builds), words)

        rendered = rendering.render_minutes(content, standing, build=build, on_progress=share)
        stored = store_file(data=rendered.pdf, name=file_name(version, build), by=None)
        facts = {"file": stored, "made_at": timezone.now()}
        key = {"version": version, "build": build, "is_signed": bool(standing.signed)}
        made.append(MinutesFile.objects.get_or_create(**key, defaults=facts)[0])
    return made


def render_notice_file(version: DecisionVersion) -> DecisionFile:
    """The PDF of a decision's notice, if it is not made yet."""
    if held := DecisionFile.objects.filter(version=version).first():
        return held
    content = decision_content.public_part(decision_content.from_text(version.content))
    rendered = rendering.render_notice(content, version)
    stored = store_file(data=rendered.pdf, name=f"decision-{version.decision.ref}-v{version.number}.pdf", by=None)
    facts = {"file": stored, "made_at": timezone.now()}
    return DecisionFile.objects.get_or_create(version=version, defaults=facts)[0]


def render_log_file(made: LogFile) -> LogFile:
    """A log as a PDF, as the person who asked sees it now; asked again, it is not made again."""
    if made.file_id:
        return made
    log = logs.printed(made, today())
    rendered = rendering.render_log(log)
    made.is_whole = made.asked_by.has(Permission.RESTRICTED_VIEW)
    made.file = store_file(data=rendered.pdf, name=f"{made.log}.pdf", by=None)
    made.made_at = timezone.now()
    made.save(update_fields=["is_whole", "file", "made_at"])
    return made
