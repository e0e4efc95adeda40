from foundation.frozen import Frozen

_PUBLISHED = "EXISTS (SELECT 1 FROM questions_questionversion whole WHERE whole.id = {row}.version_id AND whole.published_at IS NOT NULL)"

FROZEN = [
    Frozen("questions.QuestionVersion", "{row}.published_at IS NOT NULL"),
    Frozen("questions.Anchor", _PUBLISHED, part=True),
    Frozen("questions.Probe", _PUBLISHED, part=True),
    Frozen("questions.SampleAnswer", _PUBLISHED, part=True),
]
