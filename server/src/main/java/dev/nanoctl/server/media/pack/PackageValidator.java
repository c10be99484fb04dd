package dev.nanoctl.server.media.pack;

import dev.nanoctl.server.media.scan.MalwareScan;
import dev.nanoctl.server.media.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether a package may enter, and says why not. Sizes are counted, never believed; memory
 * is bounded whatever the package claims; the only exceptions are those of reading the source.
 */
public final class PackageValidator {
  /** The newest H5P core 1.x whose libraries are accepted. */
  public static final int H5P_CORE_MINOR = 27;

  private static final int MOST_FINDINGS = 100;
  private static final int UNIX_TYPE = 0xF000;
  private static final int UNIX_FILE = 0x8000;
  private static final int UNIX_FOLDER = 0x4000;
  private static final int UNIX_LINK = 0xA000;

  private final PackageLimits limits;
  private final int h5pCoreMinor;
  private final MalwareScan scan;

  /** A validator with the marketplace's limits whose files are looked at by this scanner. */
  public PackageValidator(MalwareScan scan) {
    this(PackageLimits.STANDARD, H5P_CORE_MINOR, scan);
  }

  /** A validator with limits of one's own. */
  public PackageValidator(PackageLimits limits, int h5pCoreMinor, MalwareScan scan) {
    this.limits = limits;
    this.h5pCoreMinor = h5pCoreMinor;
    this.scan = scan;
  }

  /** Validates the archive; {@code IOException} only if the source itself cannot be read. */
  public Validation validate(ByteSource source) throws IOException {
    Draft draft = new Draft(digest(source), source.size());
    try {
      if (source.size() > limits.packed()) {
        throw new PackageFlaw(Rule.PACKAGE_TOO_LARGE, null, source.size() + " bytes");
      }
      inspect(source, draft);
    } catch (PackageFlaw flaw) {
      draft.findings.add(flaw.finding());
    }
    return draft.finish();
  }

  /** What is known so far; a flaw may end the inspection at any time. */
  private static final class Draft {
    private final Sha256 sha256;
    private final long size;
    private final List<Finding> findings = new ArrayList<>();
    private List<PackageFile> files = List.of();
    private Content content = new Content(PackageKind.PLAIN, null, PackageMetadata.NONE);
    private boolean kindKnown;
    private int entries;
    private long unpacked;
    private String text = "";

    Draft(Sha256 sha256, long size) {
      this.sha256 = sha256;
      this.size = size;
    }

    Validation finish() {
      List<Finding> first = findings.stream().distinct().limit(MOST_FINDINGS).toList();
      ValidationReport report =
          new ValidationReport(
              new ValidationReport.Facts(
                  kindKnown ? content.kind() : null,
                  sha256,
                  size,
                  entries,
                  unpacked,
                  content.launchFile()),
              first,
              files,
              content.metadata());
      return new Validation(report, report.ok() ? text : "");
    }
  }

  private static Sha256 digest(ByteSource source) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = source.stream(0, source.size())) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return Sha256.finish(digest);
  }

  private void inspect(ByteSource source, Draft draft) throws IOException, PackageFlaw {
    if (source.size() == 0) {
      throw new PackageFlaw(Rule.EMPTY, null, "");
    }
    ZipIndex index = ZipIndex.read(source, limits);
    draft.entries = index.entries().size();
    if (index.entries().stream().allMatch(PackedEntry::isFolder)) {
      throw new PackageFlaw(Rule.EMPTY, null, "");
    }
    checkAnnouncements(index, draft.findings);
    if (!draft.findings.isEmpty()) {
      return;
    }
    index.checkLocalHeaders(source);
    readEntries(source, index, draft);
    if (draft.findings.isEmpty()) {
      understand(new OpenPackage(source, index), draft);
    }
  }

  /** What can be told from the directory alone. */
  private static void checkAnnouncements(ZipIndex index, List<Finding> findings) {
    Map<String, PackedEntry> seen = new HashMap<>();
    Set<String> folders = new HashSet<>();
    for (PackedEntry entry : index.entries()) {
      String shown = EntryNames.printable(entry.name());
      EntryNames.check(entry.name()).ifPresent(findings::add);
      checkType(entry, shown).ifPresent(findings::add);
      if (entry.isEncrypted()) {
        findings.add(Finding.error(Rule.ENCRYPTED, shown, ""));
      }
      String folded = EntryNames.folded(entry.name());
      PackedEntry other = seen.putIfAbsent(folded, entry);
      if (other != null) {
        findings.add(Finding.error(Rule.DUPLICATE, shown, EntryNames.printable(other.name())));
      }
      for (int at = folded.indexOf('/'); at > 0; at = folded.indexOf('/', at + 1)) {
        folders.add(folded.substring(0, at));
      }
    }
    for (Map.Entry<String, PackedEntry> file : seen.entrySet()) {
      if (!file.getValue().isFolder() && folders.contains(file.getKey())) {
        String shown = EntryNames.printable(file.getValue().name());
        findings.add(Finding.error(Rule.DUPLICATE, shown, "a file and a folder"));
      }
    }
  }

  private static Optional<Finding> checkType(PackedEntry entry, String shown) {
    int type = entry.traits().mode() & UNIX_TYPE;
    if (type == 0 || type == UNIX_FILE || type == UNIX_FOLDER) {
      return Optional.empty();
    }
    String detail = type == UNIX_LINK ? "symbolic link" : "special file";
    return Optional.of(Finding.error(Rule.SYMLINK, shown, detail));
  }

  private void readEntries(ByteSource source, ZipIndex index, Draft draft)
      throws IOException, PackageFlaw {
    EntryInspection inspection = new EntryInspection(source, limits, scan);
    List<PackageFile> files = new ArrayList<>();
    try {
      for (PackedEntry entry : index.entries()) {
        inspection.read(entry).ifPresent(draft.findings::add);
        if (!entry.isFolder()) {
          files.add(new PackageFile(entry.name(), entry.size()));
        } else if (entry.size() > 0) {
          throw new PackageFlaw(Rule.CONTRADICTORY, entry.name(), "a folder with content");
        }
      }
    } finally {
      draft.unpacked = inspection.unpacked();
    }
    files.sort(Comparator.comparing(PackageFile::path));
    draft.files = files;
  }

  private void understand(OpenPackage pack, Draft draft) throws IOException, PackageFlaw {
    try {
      if (pack.has(H5pRules.MANIFEST)) {
        draft.content = new H5pRules(pack, h5pCoreMinor).check();
      } else if (pack.has(Cmi5Manifest.MANIFEST)) {
        draft.content = Cmi5Manifest.check(pack);
      } else if (pack.has(ImsManifest.MANIFEST)) {
        draft.content = ImsManifest.check(pack);
      } else {
        draft.content = LooseFiles.check(pack);
      }
      draft.kindKnown = true;
      draft.text = PackageText.extract(pack, draft.content);
    } finally {
      draft.findings.addAll(pack.findings());
    }
  }
}
