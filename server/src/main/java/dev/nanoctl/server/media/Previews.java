package dev.nanoctl.server.media;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.media.pack.EntryContent;
import dev.nanoctl.server.media.pack.PackedEntry;
import dev.nanoctl.server.media.pack.ZipIndex;
import dev.nanoctl.server.media.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/** Looking into a package without downloading it: a ticket opens it for some minutes. */
final class Previews {
  static final Duration LIFE = Duration.ofMinutes(10);

  /** For how long guests are handed the same ticket: looking at a page must not cost a write. */
  private static final Duration SHARED = Duration.ofMinutes(5);

  private static final int MOST_SHARED = 1000;
  private static final int TOKEN_BYTES = 24;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{32}");
  private static final int MOST_ENTRIES_CACHED = 50_000;

  /**
   * Permission to look into a package.
   *
   * @param url where to begin
   * @param expiresAt when it ends
   */
  record Pass(String url, Instant expiresAt) {}

  /** A ticket that was looked up, with the package it opens. */
  private record Opened(PackageRef ref, Instant expiresAt) {}

  private final Jdbi jdbi;
  private final Packages packages;
  private final InstantSource clock;
  private final PreviewStore store = new PreviewStore();
  private final SecureRandom random = new SecureRandom();
  private final Cache<Sha256, Opened> tickets =
      Caffeine.newBuilder().maximumSize(1000).expireAfterWrite(LIFE).build();
  private final Cache<Sha256, Pass> shared =
      Caffeine.newBuilder().maximumSize(MOST_SHARED).expireAfterWrite(SHARED).build();
  private final Cache<Sha256, ZipIndex> indexes =
      Caffeine.newBuilder()
          .maximumWeight(MOST_ENTRIES_CACHED)
          .<Sha256, ZipIndex>weigher((_, index) -> index.entries().size() + 1)
          .build();

  Previews(Jdbi jdbi, Packages packages, InstantSource clock) {
    this.jdbi = jdbi;
    this.packages = packages;
    this.clock = clock;
  }

  /** Opens a package that everyone may look into; guests share their ticket for some minutes. */
  Pass openForGuests(PackageRef ref) {
    Instant soonest = clock.instant().plus(LIFE).minus(SHARED);
    Pass known = shared.getIfPresent(ref.sha256());
    if (known != null && known.expiresAt().isAfter(soonest)) {
      return known;
    }
    Pass pass = open(ref);
    shared.put(ref.sha256(), pass);
    return pass;
  }

  /** Opens a package; CONFLICT if it holds nothing that a browser shows. */
  Pass open(PackageRef ref) {
    String launch = ref.launchFile();
    if (launch == null) {
      throw new ApiException(
          ApiError.CONFLICT,
          "Dieses Paket lässt sich hier nicht anzeigen. Bitte lade es herunter.",
          "This package cannot be shown here. Please download it.");
    }
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant expiresAt = clock.instant().plus(LIFE);
    jdbi.useTransaction(
        tx -> store.insert(tx, digest(token), new PreviewStore.Ticket(ref.id(), expiresAt)));
    return new Pass("/preview/" + token + "/" + FileNames.encodePath(launch), expiresAt);
  }

  /** A file of the package that the ticket opens; NOT_FOUND or GONE if it opens nothing. */
  FileAnswer file(String token, String path) {
    Opened opened = opened(token);
    ZipIndex index = indexes.get(opened.ref().sha256(), _ -> index(opened.ref()));
    PackedEntry entry =
        index
            .find(path)
            .filter(found -> !found.isFolder())
            .orElseThrow(() -> new ApiException(ApiError.NOT_FOUND));
    String etag = opened.ref().sha256().hex().substring(0, 32) + "-" + entry.place().header();
    return new FileAnswer(
        MediaTypes.of(path),
        entry.size(),
        etag,
        range -> {
          InputStream in = EntryContent.open(packages.open(opened.ref()), entry);
          try {
            in.skipNBytes(range.first());
            return in;
          } catch (IOException e) {
            in.close();
            throw e;
          }
        });
  }

  private Opened opened(String token) {
    if (!TOKEN.matcher(token).matches()) {
      throw new ApiException(ApiError.NOT_FOUND);
    }
    Sha256 digest = digest(token);
    Opened known = tickets.getIfPresent(digest);
    Opened opened = known == null ? lookUp(digest) : known;
    if (!clock.instant().isBefore(opened.expiresAt())) {
      throw new ApiException(
          ApiError.GONE,
          "Diese Vorschau ist abgelaufen. Bitte öffne sie neu.",
          "This preview has expired. Please open it again.");
    }
    return opened;
  }

  private Opened lookUp(Sha256 digest) {
    Optional<Opened> found =
        jdbi.inTransaction(tx ->
            store
                .find(tx, digest)
                .flatMap(ticket ->
                    packages
                        .find(tx, ticket.packageId())
                        .map(ref -> new Opened(ref, ticket.expiresAt()))));
    Opened opened = found.orElseThrow(() -> new ApiException(ApiError.NOT_FOUND));
    tickets.put(digest, opened);
    return opened;
  }

  private ZipIndex index(PackageRef ref) {
    try (ObjectSource source = packages.open(ref)) {
      return ZipIndex.ofValid(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sha256 digest(String token) {
    return Sha256.of(token.getBytes(StandardCharsets.US_ASCII));
  }

  int removeExpired() {
    return jdbi.inTransaction(tx -> store.deleteExpired(tx, clock.instant()));
  }
}
