-- The oldest version of the schema that a program must know to work with this database. Migrations that only add
-- leave it as it is, so that the release before can go on, or start again, beside a newer one. A migration that
-- takes something away raises it.
CREATE TABLE schema_floor (
  one   boolean PRIMARY KEY DEFAULT true CHECK (one),
  needs text NOT NULL
);

INSERT INTO schema_floor (needs) VALUES ('037');
