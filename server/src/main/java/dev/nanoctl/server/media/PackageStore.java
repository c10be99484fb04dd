package dev.nanoctl.server.media;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.server.media.pack.PackageKind;
import dev.nanoctl.server.media.pack.ReportJson;
import dev.nanoctl.server.media.pack.Validation;
import dev.nanoctl.server.media.pack.ValidationReport;
import dev.nanoctl.server.media.store.Sha256;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table of packages. */
final class PackageStore {
  private static final RowMapper<PackageRef> REF =
      (rs, _) ->
          new PackageRef(
              rs.getObject("id", UUID.class),
              new Sha256(rs.getString("sha256")),
              rs.getLong("size"),
              PackageKind.ofLabel(rs.getString("kind")),
              rs.getInt("entries"),
              rs.getString("launch_file"));

  Optional<PackageRef> find(Handle tx, UUID id) {
    return tx.createQuery(
            """
            SELECT id, sha256, size, kind, entries, launch_file
              FROM package
             WHERE id = :id
            """)
        .bind("id", id)
        .map(REF)
        .findOne();
  }

  Optional<PackageRef> find(Handle tx, Sha256 sha256) {
    return tx.createQuery(
            """
            SELECT id, sha256, size, kind, entries, launch_file
              FROM package
             WHERE sha256 = :sha256
            """)
        .bind("sha256", sha256.hex())
        .map(REF)
        .findOne();
  }

  /** The digests of all packages. */
  Set<String> digests(Handle tx) {
    return tx.createQuery("SELECT sha256 FROM package").mapTo(String.class).set();
  }

  /** The report as JSON text. */
  Optional<String> report(Handle tx, UUID id) {
    return tx.createQuery("SELECT report::text FROM package WHERE id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .findOne();
  }

  void insert(Handle tx, UUID id, PackageKind kind, Validation validation, Instant now) {
    ValidationReport.Facts facts = validation.report().facts();
    tx.createUpdate(
            """
            INSERT INTO package (id, sha256, size, kind, entries, unpacked_size, launch_file,
                                 scan, report, text, created_at)
            VALUES (:id, :sha256, :size, :kind, :entries, :unpackedSize, :launchFile,
                    'clean', :report::jsonb, :text, :now)
            """)
        .bind("id", id)
        .bind("sha256", facts.sha256().hex())
        .bind("size", facts.size())
        .bind("kind", kind.label())
        .bind("entries", facts.entries())
        .bind("unpackedSize", facts.unpackedSize())
        .bind("launchFile", facts.launchFile())
        .bind("report", Json.text(json -> ReportJson.write(json, validation.report())))
        .bind("text", validation.text())
        .bind("now", now)
        .execute();
  }

  /** Deletes what no version refers to and was there before; answers how many. */
  int deleteUnused(Handle tx, Instant before) {
    return tx.createUpdate(
            """
            DELETE FROM package p
             WHERE p.created_at < :before
               AND NOT EXISTS (SELECT FROM nano_version v WHERE v.package_id = p.id)
            """)
        .bind("before", before)
        .execute();
  }

  /** Deletes one unless a version refers to it; true when it is gone. */
  boolean delete(Handle tx, UUID id) {
    return tx.createUpdate(
                """
                DELETE FROM package p
                 WHERE p.id = :id
                   AND NOT EXISTS (SELECT FROM nano_version v WHERE v.package_id = p.id)
                """)
            .bind("id", id)
            .execute()
        == 1;
  }

  /**
   * Holds this digest until the transaction ends, so that nobody stores or removes it meanwhile.
   */
  void lock(Handle tx, Sha256 sha256) {
    tx.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:key, 20))::text")
        .bind("key", "package " + sha256.hex())
        .mapTo(String.class)
        .findOne();
  }
}
