package dev.nanoctl.server.search.meili.fake;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A document that remembers how its values are compared. */
final class FakeDocument extends LinkedHashMap<String, Object> {
  private static final long serialVersionUID = 1;

  private final transient Map<String, Set<String>> normals = new ConcurrentHashMap<>();

  FakeDocument(Map<String, Object> members) {
    super(members);
  }

  Set<String> normals(String field) {
    return normals.computeIfAbsent(
        field,
        name ->
            FakeFilter.values(this, name).stream()
                .map(FakeFilter::normal)
                .collect(Collectors.toSet()));
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
