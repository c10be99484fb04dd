package dev.nanoctl.appliance.doctor;

import static dev.nanoctl.appliance.doctor.CheckResult.failed;
import static dev.nanoctl.appliance.doctor.CheckResult.ok;
import static dev.nanoctl.appliance.doctor.CheckResult.warning;

import dev.nanoctl.appliance.doctor.Facts.Bucket;
import dev.nanoctl.appliance.doctor.Facts.Bucket.Reach;
import dev.nanoctl.appliance.doctor.Facts.Storage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Checks of the bucket that packages are kept in, each a step further than the one before. */
final class BucketChecks {
  private static final Duration SKEW_ALLOWED = Duration.ofMinutes(5);
  private static final Duration SKEW_NOTICED = Duration.ofMinutes(1);
  private static final String EXAMPLE = "https://s3.example/nanos";

  private BucketChecks() {}

  static List<Check> all() {
    return List.of(
        check("objects-reachable", Reach.NO_ANSWER, BucketChecks::reachable),
        check("objects-access", Reach.DENIED, BucketChecks::access),
        check("objects-bucket", Reach.NO_BUCKET, BucketChecks::bucket),
        check("objects-writable", Reach.READ_ONLY, BucketChecks::writable),
        new Check(
            "objects-clock",
            true,
            facts -> judge("objects-clock", facts, BucketChecks::clock),
            facts -> with(facts, Reach.WRITABLE, Duration.ofMinutes(20))));
  }

  private interface Judgement {
    CheckResult of(Bucket bucket);
  }

  private static Check check(String name, Reach fault, Judgement judgement) {
    return new Check(
        name,
        true,
        facts -> judge(name, facts, judgement),
        facts -> with(facts, fault, Duration.ZERO));
  }

  private static CheckResult judge(String name, Facts facts, Judgement judgement) {
    Optional<Bucket> bucket = facts.storage().bucket();
    return bucket.isPresent()
        ? judgement.of(bucket.get())
        : ok(name, "packages are kept in a folder");
  }

  private static Facts with(Facts facts, Reach reach, Duration skew) {
    String where = facts.storage().bucket().map(Bucket::where).orElse(EXAMPLE);
    var bucket = new Bucket(where, reach, "injected", Optional.of(skew));
    return StorageChecks.with(
        facts,
        s ->
            new Storage(
                s.fileSystem(),
                s.freeBytes(),
                s.inodes(),
                s.fsync(),
                s.folder(),
                Optional.of(bucket)));
  }

  private static CheckResult reachable(Bucket bucket) {
    return switch (bucket.reach()) {
      case NO_KEYS ->
          failed(
              "objects-reachable",
              "NC-S3-KEY",
              bucket.detail(),
              "write the key into that file, and nothing else");
      case NO_ANSWER ->
          failed(
              "objects-reachable",
              "NC-S3-UNREACHABLE",
              "%s does not answer: %s".formatted(bucket.where(), bucket.detail()),
              "check objects.s3.endpoint, the network and whether the store runs");
      case DENIED, NO_BUCKET, READ_ONLY, WRITABLE -> ok("objects-reachable", bucket.where());
    };
  }

  private static CheckResult access(Bucket bucket) {
    return switch (bucket.reach()) {
      case NO_KEYS, NO_ANSWER -> unknown("objects-access");
      case DENIED ->
          failed(
              "objects-access",
              "NC-S3-DENIED",
              "%s refuses the keys: %s".formatted(bucket.where(), bucket.detail()),
              "compare secrets/s3-access-key and secrets/s3-secret-key with what the provider says");
      case NO_BUCKET, READ_ONLY, WRITABLE -> ok("objects-access", "the keys are accepted");
    };
  }

  private static CheckResult bucket(Bucket bucket) {
    return switch (bucket.reach()) {
      case NO_KEYS, NO_ANSWER, DENIED -> unknown("objects-bucket");
      case NO_BUCKET ->
          failed(
              "objects-bucket",
              "NC-S3-BUCKET",
              "there is no bucket " + bucket.where(),
              "make the bucket, or correct objects.s3.bucket and objects.s3.region");
      case READ_ONLY, WRITABLE -> ok("objects-bucket", "the bucket exists");
    };
  }

  private static CheckResult writable(Bucket bucket) {
    return switch (bucket.reach()) {
      case NO_KEYS, NO_ANSWER, DENIED, NO_BUCKET -> unknown("objects-writable");
      case READ_ONLY ->
          failed(
              "objects-writable",
              "NC-S3-READ-ONLY",
              "%s takes no object: %s".formatted(bucket.where(), bucket.detail()),
              "allow the account to put and delete objects, and see whether a quota is full");
      case WRITABLE -> ok("objects-writable", "an object was written and removed");
    };
  }

  private static CheckResult clock(Bucket bucket) {
    Optional<Duration> skew = bucket.skew().map(Duration::abs);
    if (skew.isEmpty()) {
      return bucket.reach().compareTo(Reach.DENIED) < 0
          ? unknown("objects-clock")
          : ok("objects-clock", "the endpoint does not tell its time");
    }
    String message =
        "the clocks of this machine and of the endpoint are %d s apart"
            .formatted(skew.get().toSeconds());
    String fix = "switch on time synchronisation here: timedatectl set-ntp true";
    if (skew.get().compareTo(SKEW_ALLOWED) > 0) {
      return failed(
          "objects-clock", "NC-S3-CLOCK", message + ", and it refuses more than minutes", fix);
    }
    return skew.get().compareTo(SKEW_NOTICED) > 0
        ? warning("objects-clock", "NC-S3-CLOCK", message, fix)
        : ok("objects-clock", "within a minute of ours");
  }

  /** An earlier check has failed; its remedy comes first. */
  private static CheckResult unknown(String check) {
    return warning(
        check,
        "NC-S3-UNKNOWN",
        "cannot be known while the bucket cannot be asked",
        "mend what is said above first");
  }
}
