package dev.nanoctl.backup.manifest;

import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.backup.crypto.BlockId;
import dev.nanoctl.backup.pack.BlockMap;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The blocks of the parent snapshot by file and position. */
final class ParentBlocks {
  private record Name(Part part, String path) {}

  private final Snapshot parent;
  private final Set<String> unwanted;
  private final Map<Name, SnapshotFile> files = new HashMap<>();
  private List<BlockMap.Run> runs = List.of();
  private int run;
  private int inRun;

  /**
   * The blocks of that snapshot.
   *
   * @param unwanted ids of packs that are to be rewritten: what they hold counts as not there
   */
  ParentBlocks(Snapshot parent, Set<String> unwanted) {
    this.parent = parent;
    this.unwanted = Set.copyOf(unwanted);
    for (SnapshotFile file : parent.manifest().files()) {
      if (file.source().kind() == SourceFile.Kind.FILE) {
        files.put(new Name(file.part(), file.source().path()), file);
      }
    }
  }

  /** The parent's file of that name, if all of its blocks may be used again. */
  Optional<SnapshotFile> whole(Part part, String path) {
    return Optional.ofNullable(files.get(new Name(part, path)))
        .filter(file -> file.map().runs().stream().allMatch(r -> wanted(r.pack())));
  }

  private boolean wanted(int pack) {
    return pack == BlockMap.ZEROS || !unwanted.contains(packId(pack));
  }

  String packId(int pack) {
    return parent.stored().packs().get(pack - 1).id();
  }

  /** Begins a file at its first block. */
  void begin(Part part, String path, int blockSize) {
    SnapshotFile file = files.get(new Name(part, path));
    runs = file == null || file.map().blockSize() != blockSize ? List.of() : file.map().runs();
    run = 0;
    inRun = 0;
  }

  /** Where the parent has the next block of the file, if it is this one; each is asked for once. */
  Optional<BlockMap.Run> next(BlockId id, int length) throws IOException {
    if (run == runs.size()) {
      return Optional.empty();
    }
    BlockMap.Run at = runs.get(run);
    int block = at.first() + inRun;
    inRun++;
    if (inRun == at.count()) {
      run++;
      inRun = 0;
    }
    if (at.pack() == BlockMap.ZEROS
        || !wanted(at.pack())
        || !parent.blocks().id(at.pack(), block).equals(id)
        || parent.blocks().length(at.pack(), block) != length) {
      return Optional.empty();
    }
    return Optional.of(new BlockMap.Run(at.pack(), block, 1));
  }

  /** Passes over a block that needs no parent. */
  void skip() {
    if (run < runs.size() && ++inRun == runs.get(run).count()) {
      run++;
      inRun = 0;
    }
  }
}
