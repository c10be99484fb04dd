package dev.nanoctl.server.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the endpoint of a path: a tree of segments, fixed ones before placeholders. */
final class Router {
  /** What a path leads to. */
  sealed interface Found {
    /** An endpoint and the values of its placeholders. */
    record Route(Endpoint endpoint, Map<String, String> path) implements Found {}

    /** Endpoints for other methods only. */
    record OtherMethods(Set<String> methods) implements Found {}

    /** Nothing. */
    record Nothing() implements Found {}
  }

  private static final Found NOTHING = new Found.Nothing();

  /** One place in the tree. */
  private static final class Node {
    final Map<String, Node> fixed = new HashMap<>();
    final Map<String, Endpoint> endpoints = new TreeMap<>();
    final Map<String, Endpoint> tails = new TreeMap<>();
    @Nullable Node any;
  }

  private final Node root = new Node();

  Router(List<Endpoint> endpoints) {
    endpoints.forEach(this::add);
  }

  Found find(String method, String rawPath) {
    List<String> segments = segments(rawPath);
    Walk walk = new Walk(segments);
    Node node = walk.from(root, 0);
    if (node == null) {
      return NOTHING;
    }
    List<String> values = walk.values;
    Map<String, Endpoint> endpoints = walk.tail ? node.tails : node.endpoints;
    Endpoint endpoint = endpoints.get(method);
    if (endpoint == null && method.equals("HEAD")) {
      endpoint = endpoints.get("GET");
    }
    if (endpoint == null) {
      return new Found.OtherMethods(allowed(endpoints));
    }
    return new Found.Route(endpoint, named(endpoint, values));
  }

  private static Set<String> allowed(Map<String, Endpoint> endpoints) {
    Set<String> methods = new TreeSet<>(endpoints.keySet());
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  /** The search for one path. */
  private static final class Walk {
    private final List<String> segments;
    private final List<String> values = new ArrayList<>(4);
    private boolean tail;

    Walk(List<String> segments) {
      this.segments = segments;
    }

    @Nullable Node from(Node node, int at) {
      if (at == segments.size()) {
        return node.endpoints.isEmpty() ? null : node;
      }
      String segment = segments.get(at);
      Node next = node.fixed.get(segment);
      Node found = next == null ? null : from(next, at + 1);
      if (found == null && node.any != null && !segment.isEmpty()) {
        int mark = values.size();
        values.add(segment);
        found = from(node.any, at + 1);
        if (found == null) {
          values.subList(mark, values.size()).clear();
        }
      }
      if (found == null && !node.tails.isEmpty()) {
        tail = true;
        values.add(String.join("/", segments.subList(at, segments.size())));
        return node;
      }
      return found;
    }
  }

  private static Map<String, String> named(Endpoint endpoint, List<String> values) {
    if (values.isEmpty()) {
      return Map.of();
    }
    Map<String, String> path = new LinkedHashMap<>();
    int index = 0;
    for (String segment : endpoint.path().split("/", -1)) {
      if (segment.startsWith("{")) {
        boolean tail = segment.endsWith("*}");
        String name = segment.substring(1, segment.length() - (tail ? 2 : 1));
        String value = values.get(index++);
        path.put(name, value);
      }
    }
    return path;
  }

  private void add(Endpoint endpoint) {
    Node node = root;
    for (String segment : segments(endpoint.path())) {
      if (segment.endsWith("*}")) {
        put(node.tails, endpoint);
        return;
      }
      if (segment.startsWith("{")) {
        node.any = node.any == null ? new Node() : node.any;
        node = node.any;
      } else {
        node = node.fixed.computeIfAbsent(segment, _ -> new Node());
      }
    }
    put(node.endpoints, endpoint);
  }

  private static void put(Map<String, Endpoint> endpoints, Endpoint endpoint) {
    endpoint.handler();
    if (endpoints.putIfAbsent(endpoint.method(), endpoint) != null) {
      throw new IllegalStateException("two endpoints for " + endpoint);
    }
  }

  private static List<String> segments(String rawPath) {
    List<String> segments = new ArrayList<>(8);
    int at = 1;
    while (at <= rawPath.length()) {
      int end = rawPath.indexOf('/', at);
      end = end < 0 ? rawPath.length() : end;
      segments.add(decode(rawPath.substring(at, end)));
      at = end + 1;
    }
    return segments;
  }

  private static String decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    try {
      String text = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
      if (text.indexOf('\0') < 0) {
        return text;
      }
    } catch (IllegalArgumentException _) {
      // told below
    }
    // U+0000 is no part of any name, and no text that PostgreSQL takes
    throw new ApiException(
        ApiError.BAD_REQUEST, "Die Adresse ist falsch kodiert.", "The address is badly encoded.");
  }
}
