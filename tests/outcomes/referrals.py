"""Good examples of a referral: promised on the spot, and nothing done by the day."""

from datetime import date
from uuid import UUID, uuid5

from services.outcomes.domain.referral import events as said

TOPIC_ID = UUID("01960000-0000-7000-8000-000000000001")
HEALTH = "县卫生健康局"
REFERRAL_ID = uuid5(TOPIC_ID, f"referral-{HEALTH}")
_about = {"referral_id": REFERRAL_ID, "topic_id": TOPIC_ID, "unit": HEALTH}

PROMISED = said.CommitmentNoted(**_about, promise="一个月内开诊", due=date(2026, 4, 1))
LATE = said.BreachNoted(**_about, due=date(2026, 5, 31))
POOR = said.PoorEvaluationNoted(
    **_about, evaluation_id=UUID("01960000-0000-7000-8000-000000000005")
)
STRONG = said.StrongReactionRecorded(
    referral_id=REFERRAL_ID, by="people", record="三次院坝会上居民均提出中心至今没有医生。"
)
ALLEGED = said.InactionAlleged(**_about, summary="当场表态后逾期未办。", by="lin")
APPROVED = said.DisciplineReferralApproved(
    referral_id=REFERRAL_ID, body="cppcc-party-group", reason="情况属实,同意反馈。"
)
DECLINED = said.DisciplineReferralDeclined(
    referral_id=REFERRAL_ID, body="cppcc-party-group", reason="先约谈。"
)
REFERRED = said.DisciplineReferred(**_about, to="discipline-inspection", number="邻协函〔2026〕8号")
ANSWERED = said.DisciplineResultReceived(referral_id=REFERRAL_ID, result="已责令整改。")
FACTS = (PROMISED, LATE, POOR, STRONG, ALLEGED, APPROVED, DECLINED, REFERRED, ANSWERED)
