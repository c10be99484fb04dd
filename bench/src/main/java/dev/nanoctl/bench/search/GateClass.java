package dev.nanoctl.bench.search;

/** A way in which people ask, and how well a search must do then. */
enum GateClass {
  EXACT("exact", .90),
  UE("ü→ue", .90),
  U("ü→u", .90),
  TYPO("typo", .90),
  COMPOUND("compound split", .90),
  INFLECTED("inflected", .85),
  BODY("body", .90),
  ENGLISH("English", .90),
  ENGLISH_TYPO("English, typo", .90),
  ENGLISH_INFLECTED("English, inflected", .85),
  MIXED("German + English", .90),
  MIXED_PAIR("one German, one English word", .90);

  /** Of a hundred queries, that many must show the guide on the first page. */
  static final double RECALL = .98;

  private final String title;
  private final double rank;

  GateClass(String title, double rank) {
    this.title = title;
    this.rank = rank;
  }

  String title() {
    return title;
  }

  /** The mean reciprocal rank to reach. */
  double rank() {
    return rank;
  }
}
