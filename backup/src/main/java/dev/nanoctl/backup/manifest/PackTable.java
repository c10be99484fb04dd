package dev.nanoctl.backup.manifest;

import dev.nanoctl.backup.pack.PackRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers the packs of a manifest in the order they are first used, from 1. */
final class PackTable {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> order = new ArrayList<>();
  private final Map<String, PackRef> known = new HashMap<>();

  int number(String id) {
    return numbers.computeIfAbsent(
        id,
        _ -> {
          order.add(id);
          return order.size();
        });
  }

  void describe(PackRef pack) {
    known.put(pack.id(), pack);
  }

  List<PackRef> packs() {
    return order.stream()
        .map(id -> {
          PackRef pack = known.get(id);
          if (pack == null) {
            throw new IllegalStateException("the pack " + id + " was never finished");
          }
          return pack;
        })
        .toList();
  }
}
