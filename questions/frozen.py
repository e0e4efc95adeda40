from foundation.frozen import Frozen, Holds

_PUBLISHED = "EXISTS (SELECT 1 FROM questions_questionversion whole WHERE whole.id = {row}.version_id AND whole.published_at IS NOT NULL)"

_AS_PUBLISHED = (
    "EXISTS (SELECT 1 FROM questions_questionversion version JOIN questions_question question ON question.id = version.question_id "
    "WHERE version.id = {row}.version_id AND version.question_id = {row}.question_id AND version.published_at IS NOT NULL "
    "AND version.title = {row}.title AND version.level = {row}.level AND version.kind = {row}.kind "
    "AND question.competency_id = {row}.competency_id)"
)

FROZEN = [
    Holds("questions.Listing", _AS_PUBLISHED, "a listing says what its published version says"),
    Frozen("questions.QuestionVersion", "{row}.published_at IS NOT NULL"),
    Frozen("questions.Anchor", _PUBLISHED, part=True),
    Frozen("questions.Probe", _PUBLISHED, part=True),
    Frozen("questions.SampleAnswer", _PUBLISHED, part=True),
    Frozen("questions.Override", _PUBLISHED, part=True),
]
