-- A take-down is a case that is decided as it is made; an appeal against it is a case for someone else.
ALTER TABLE moderation_case
  DROP CONSTRAINT moderation_case_kind_check,
  ADD CONSTRAINT moderation_case_kind_check CHECK (kind IN ('review', 'takedown', 'appeal')),
  DROP CONSTRAINT moderation_case_decision_check,
  ADD CONSTRAINT moderation_case_decision_check
    CHECK (decision IN ('approve', 'request_changes', 'reject', 'takedown')),
  ADD COLUMN appeal_of uuid UNIQUE REFERENCES moderation_case (id) ON DELETE CASCADE,
  ADD COLUMN statement text CHECK (length(statement) BETWEEN 10 AND 2000),
  ADD CONSTRAINT moderation_case_appeal CHECK
    ((kind = 'appeal') = (appeal_of IS NOT NULL AND statement IS NOT NULL));
