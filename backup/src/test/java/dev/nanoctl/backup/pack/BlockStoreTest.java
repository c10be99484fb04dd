package dev.nanoctl.backup.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.crypto.BlockId;
import dev.nanoctl.backup.crypto.MasterKey;
import dev.nanoctl.backup.crypto.Sealer;
import dev.nanoctl.backup.repo.Bandwidth;
import dev.nanoctl.backup.repo.DirectoryRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlockStoreTest {
  private static final int BLOCK = 8192;

  @TempDir Path folder;

  private final Random random = new Random(5);
  private final Sealer sealer = new Sealer(new UUID(3, 4), MasterKey.generate(random), random);
  private final byte[] content = new byte[100 * BLOCK];

  /** Writes all blocks into one pack, the one of that number under another id. */
  private BlockStore store(int wrong) throws IOException {
    random.nextBytes(content);
    Repository repository = DirectoryRepository.create(folder, Bandwidth.UNLIMITED);
    List<PackRef> packs = new ArrayList<>();
    try (var writer = new PackWriter(repository, sealer, Runnable::run, packs::add, 0)) {
      for (int block = 0; block < content.length / BLOCK; block++) {
        BlockId id = sealer.blockIds().of(content, block * BLOCK, BLOCK);
        BlockId other = new BlockId(id.high(), id.low() ^ 1);
        writer.add(content, block * BLOCK, BLOCK, block == wrong ? other : id);
      }
      writer.finish();
    }
    return new BlockStore(repository, sealer, packs);
  }

  @Test
  void runsWithinAndAcrossFramesAreReadInTheirOrder() throws Exception {
    BlockStore store = store(-1);
    store.verify(1);
    int[][] runs = {{31, 2}, {0, 1}, {5, 70}, {0, 100}, {99, 1}};
    var wanted = new ByteArrayOutputStream();
    List<BlockMap.Run> map = new ArrayList<>();
    for (int[] run : runs) {
      map.add(new BlockMap.Run(1, run[0], run[1]));
      wanted.write(content, run[0] * BLOCK, run[1] * BLOCK);
      map.add(new BlockMap.Run(BlockMap.ZEROS, 0, 2));
      wanted.writeBytes(new byte[2 * BLOCK]);
    }
    var read = new ByteArrayOutputStream();
    store.read(BlockMap.of(BLOCK, map), wanted.size(), read::write);
    assertThat(Arrays.equals(read.toByteArray(), wanted.toByteArray())).isTrue();
  }

  @Test
  void verifyingComparesEveryBlockWithItsId() throws Exception {
    BlockStore store = store(77);
    assertThatThrownBy(() -> store.verify(1)).hasMessageContaining("block 77");
  }
}
