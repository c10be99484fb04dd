package dev.nanoctl.backup.manifest;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.backup.crypto.ObjectType;
import dev.nanoctl.backup.crypto.Sealer;
import dev.nanoctl.backup.crypto.Signer;
import dev.nanoctl.backup.pack.BlockMap;
import dev.nanoctl.backup.pack.PackRef;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonTypeException;
import dev.nanoctl.core.json.JsonWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** A manifest as it is stored: JSON, compressed by zstd, sealed, and signed after that. */
final class ManifestCodec {
  static final int LARGEST = 512 * 1024 * 1024;
  private static final int LEVEL = 9;

  private final Sealer sealer;

  ManifestCodec(Sealer sealer) {
    this.sealer = sealer;
  }

  byte[] encode(String key, StoredManifest stored) {
    byte[] json = Json.bytes(o -> o.object(m -> write(m, stored)));
    byte[] sealed = sealer.seal(ObjectType.MANIFEST, key, Zstd.compress(json, LEVEL));
    byte[] object = Arrays.copyOf(sealed, sealed.length + Signer.LENGTH);
    System.arraycopy(sealer.signer().sign(sealed), 0, object, sealed.length, Signer.LENGTH);
    return object;
  }

  private static void write(JsonWriter o, StoredManifest stored) {
    SnapshotManifest manifest = stored.manifest();
    o.field("format", 1)
        .field("id", manifest.id())
        .field("started", manifest.started())
        .field("cut", manifest.cut());
    manifest.database().ifPresent(cut -> o.object("database", d -> write(d, cut)));
    o.object("facts", f -> new TreeMap<>(manifest.facts()).forEach(f::field));
    o.array(
        "packs",
        stored.packs(),
        (p, pack) ->
            p.object(m ->
                m.field("id", pack.id())
                    .field("size", pack.size())
                    .field("index", pack.indexSize())
                    .field("blocks", pack.blocks())));
    o.array("files", manifest.files(), (f, file) -> f.object(m -> write(m, file)));
  }

  private static void write(JsonWriter o, DatabaseCut cut) {
    o.field("lineage", cut.lineage())
        .field("systemId", Long.toUnsignedString(cut.systemId()))
        .field("timeline", cut.timeline())
        .field("start", cut.start().toString())
        .field("stop", cut.stop().toString())
        .field("serverVersion", cut.serverVersion());
  }

  private static void write(JsonWriter o, SnapshotFile file) {
    SourceFile source = file.source();
    o.field("part", name(file.part()))
        .field("path", source.path())
        .field("kind", name(source.kind()))
        .field("modified", source.modified().getEpochSecond())
        .field("mode", source.mode());
    switch (source.kind()) {
      case FILE -> {
        o.field("size", source.size()).field("blockSize", file.map().blockSize());
        o.field("map", Base64.getEncoder().encodeToString(file.map().packed()));
        if (!file.sha256().isEmpty()) {
          o.field("sha256", file.sha256());
        }
      }
      case LINK -> o.field("target", source.target());
      case DIRECTORY -> {}
    }
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  StoredManifest decode(String key, byte[] object) {
    if (object.length <= Signer.LENGTH) {
      throw RepositoryProblem.damaged(key, "is no manifest");
    }
    int end = object.length - Signer.LENGTH;
    byte[] sealed = Arrays.copyOf(object, end);
    byte[] signature = Arrays.copyOfRange(object, end, object.length);
    if (!Signer.verifies(sealer.signer().publicKey(), sealed, signature)) {
      throw RepositoryProblem.damaged(key, "has a signature that does not fit");
    }
    byte[] packed = sealer.open(ObjectType.MANIFEST, key, sealed);
    try {
      long size = Zstd.getFrameContentSize(packed);
      if (size < 0 || size > LARGEST) {
        throw RepositoryProblem.damaged(key, "is too large");
      }
      return read(Json.parseObject(Zstd.decompress(packed, (int) size)));
    } catch (ZstdException
        | IllegalArgumentException
        | ArithmeticException
        | JsonSyntaxException
        | JsonTypeException
        | DateTimeException e) {
      throw RepositoryProblem.damaged(key, "cannot be read", e);
    }
  }

  private static StoredManifest read(JsonObject json) {
    if (number(json, "format") != 1) {
      throw new IllegalArgumentException("a manifest of another format");
    }
    var packs = new ArrayList<PackRef>();
    json.array("packs")
        .orElseThrow(() -> lacks("packs"))
        .objects()
        .forEach(p ->
            packs.add(
                new PackRef(
                    text(p, "id"),
                    number(p, "size"),
                    (int) number(p, "index"),
                    (int) number(p, "blocks"))));
    List<SnapshotFile> files =
        json.array("files")
            .orElseThrow(() -> lacks("files"))
            .objects()
            .map(ManifestCodec::file)
            .toList();
    return new StoredManifest(
        new SnapshotManifest(
            UUID.fromString(text(json, "id")),
            Instant.parse(text(json, "started")),
            Instant.parse(text(json, "cut")),
            json.object("database").map(ManifestCodec::cut),
            files,
            facts(json.object("facts").orElse(JsonObject.EMPTY))),
        packs);
  }

  private static Map<String, String> facts(JsonObject json) {
    var facts = new TreeMap<String, String>();
    json.names().forEach(name -> facts.put(name, text(json, name)));
    return facts;
  }

  private static DatabaseCut cut(JsonObject json) {
    return new DatabaseCut(
        UUID.fromString(text(json, "lineage")),
        Long.parseUnsignedLong(text(json, "systemId")),
        Math.toIntExact(number(json, "timeline")),
        LogPosition.parse(text(json, "start")),
        LogPosition.parse(text(json, "stop")),
        text(json, "serverVersion"));
  }

  private static SnapshotFile file(JsonObject json) {
    Part part = Part.valueOf(text(json, "part").toUpperCase(Locale.ROOT));
    var kind = SourceFile.Kind.valueOf(text(json, "kind").toUpperCase(Locale.ROOT));
    var source =
        new SourceFile(
            text(json, "path"),
            kind,
            json.integer("size").orElse(0),
            Instant.ofEpochSecond(number(json, "modified")),
            Math.toIntExact(number(json, "mode")),
            json.text("target").orElse(""));
    BlockMap map =
        kind == SourceFile.Kind.FILE
            ? BlockMap.unpack(
                Math.toIntExact(number(json, "blockSize")),
                Base64.getDecoder().decode(text(json, "map")))
            : BlockMap.of(1, List.of());
    return new SnapshotFile(part, source, json.text("sha256").orElse(""), map);
  }

  private static String text(JsonObject json, String name) {
    Optional<String> value = json.text(name);
    return value.orElseThrow(() -> lacks(name));
  }

  private static long number(JsonObject json, String name) {
    return json.integer(name).orElseThrow(() -> lacks(name));
  }

  private static IllegalArgumentException lacks(String name) {
    return new IllegalArgumentException("a manifest without " + name);
  }
}
