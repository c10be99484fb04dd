package dev.nanoctl.server.db;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a migration may do while the release before still works with the database: add. To take
 * something away is a contraction, which names the release that stopped using it and raises the
 * floor of the schema.
 */
final class MigrationRules {
  private static final Pattern CONTRACT =
      Pattern.compile("(?m)^-- contract: (\\d+\\.\\d+\\.\\d+) stopped using \\S.*$");
  private static final Pattern COMMENTS = Pattern.compile("(?m)--.*$");
  private static final Pattern TEXTS = Pattern.compile("'(?:[^']|'')*'");
  private static final Pattern NEW_TABLE =
      Pattern.compile("create (?:unlogged )?table (?:if not exists )?(\\w+).*");
  private static final Pattern CHANGED_TABLE =
      Pattern.compile("alter table (?:if exists )?(?:only )?(\\w+) .*");

  private record Rule(String what, Pattern pattern) {
    Rule(String what, String pattern) {
      this(what, Pattern.compile(pattern));
    }
  }

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "drops a table", "drop (table|schema|view|materialized view|type|function)\\b.*"),
          new Rule("empties a table", "truncate\\b.*"),
          new Rule("deletes rows", "delete from\\b.*"),
          new Rule(
              "drops a column", "alter table .*\\bdrop (column )?(?!constraint|default|not)\\w+.*"),
          new Rule("renames", "alter .*\\brename\\b.*"),
          new Rule("changes a type", "alter table .*\\balter (column )?\\w+ (set data )?type\\b.*"),
          new Rule("makes a column mandatory", "alter table .*\\bset not null\\b.*"),
          new Rule(
              "adds a mandatory column without a default",
              "alter table .*\\badd column (?:(?!\\badd\\b|\\bdefault\\b).)*\\bnot"
                  + " null\\b(?:(?!\\badd\\b|\\bdefault\\b).)*(\\badd\\b.*)?"),
          new Rule(
              "forbids what was allowed",
              "alter table .*\\badd (constraint \\w+ )?(check|unique|primary key|foreign"
                  + " key|exclude)\\b.*"),
          new Rule("forbids what was allowed", "create unique index\\b.*"));

  private MigrationRules() {}

  /** What a migration does that the release before cannot live with; empty when it only adds. */
  static List<String> findings(String sql) {
    var findings = new ArrayList<String>();
    var own = new ArrayList<String>();
    for (String statement : statements(sql)) {
      name(NEW_TABLE, statement).ifPresent(own::add);
      boolean ofItsOwn = name(CHANGED_TABLE, statement).filter(own::contains).isPresent();
      if (!ofItsOwn) {
        RULES.stream()
            .filter(rule -> rule.pattern().matcher(statement).matches())
            .forEach(rule -> findings.add(rule.what() + ": " + statement));
      }
    }
    if (findings.isEmpty()) {
      return findings;
    }
    if (CONTRACT.matcher(sql).find()) {
      boolean raises = statements(sql).stream().anyMatch(s -> s.startsWith("update schema_floor "));
      return raises ? List.of() : List.of("a contraction has to raise schema_floor");
    }
    return findings;
  }

  private static Optional<String> name(Pattern pattern, String statement) {
    Matcher matcher = pattern.matcher(statement);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static List<String> statements(String sql) {
    String bare = TEXTS.matcher(COMMENTS.matcher(sql).replaceAll("")).replaceAll("''");
    return Arrays.stream(bare.split(";", -1))
        .map(statement -> statement.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT))
        .filter(statement -> !statement.isEmpty())
        .toList();
  }
}
