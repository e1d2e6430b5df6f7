"""Who consults: members (委员) with their duty files, talents (协商人才) with their draws."""

from pathlib import Path

from services.portal.heard import meetings, persons
from shared.runtime.projection import Projection

MEMBERS = Projection(
    "members",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        persons.MemberAdmitted,
        persons.MembershipEnded,
        persons.MembersPaired,
        persons.PairEnded,
        persons.DutyRecorded,
        persons.MemberEvaluated,
        persons.DutyReportFiled,
        persons.ObserverAssigned,
        meetings.AttendeeCheckedIn,
        meetings.StatementRecorded,
        meetings.MeetingHeld,
        meetings.ResearchPlanned,
        meetings.ResearchReportFiled,
        persons.TalentAdmitted,
        persons.TalentAssessed,
        persons.TalentRewarded,
        persons.TalentSanctioned,
        persons.TalentExited,
        meetings.DrawOpened,
        persons.PoolCommitted,
        persons.TalentExcluded,
        persons.TalentDrawn,
        persons.DrawnReplaced,
        persons.DrawCancelled,
    ],
    sources=("meetings",),
)
