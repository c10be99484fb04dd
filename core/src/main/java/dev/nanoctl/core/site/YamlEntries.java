package dev.nanoctl.core.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML file flattened to dotted keys, each with the place of its value in the text.
 *
 * @param values by dotted key, in the order of the file
 * @param sections by dotted key; the empty key is the whole file
 * @param errors what is not a mapping of keys to plain values
 */
record YamlEntries(
    Map<String, Value> values, Map<String, Section> sections, List<ConfigError> errors) {
  private static final int MAX_DEPTH = 6;
  private static final int MAX_CHARS = 256 * 1024;

  /** A value: its text, its line from 1, and where it stands in the file, in characters. */
  record Value(String text, int line, int start, int end) {}

  /** A mapping: where its keys are indented, its last line from 1, and whether it is one line. */
  record Section(int column, int lastLine, boolean flow) {}

  static YamlEntries read(String yaml) {
    var entries = new YamlEntries(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
    if (yaml.length() > MAX_CHARS) {
      entries.fail("", 0, "the file is larger than 256 KB");
      return entries;
    }
    var settings = LoadSettings.builder().setLabel("nanoctl.yml").build();
    try {
      Optional<Node> root = new Compose(settings).composeString(yaml);
      root.ifPresent(node -> entries.readRoot(yaml, node));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      entries.fail("", line, "not valid YAML: " + e.getProblem());
    } catch (YamlEngineException _) {
      entries.fail("", 0, "not valid YAML: a character that is not allowed");
    }
    return entries;
  }

  private void readRoot(String yaml, Node node) {
    if (node instanceof MappingNode mapping) {
      readMapping(yaml, "", mapping, 1);
    } else if (!isNull(node)) {
      fail("", line(node), "the file must consist of keys and values, such as \"server:\"");
    }
  }

  private int readMapping(String yaml, String prefix, MappingNode mapping, int depth) {
    int lastLine = line(mapping);
    int column = mapping.getValue().isEmpty() ? 0 : column(mapping.getValue().getFirst());
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
        fail(prefix, line(tuple.getKeyNode()), "a key must be a plain word");
        continue;
      }
      String key = prefix.isEmpty() ? name.getValue() : prefix + "." + name.getValue();
      if (values.containsKey(key) || sections.containsKey(key)) {
        fail(key, line(name), "is set twice; remove one");
      } else if (tuple.getValueNode().getAnchor().isPresent() || depth > MAX_DEPTH) {
        fail(key, line(name), "anchors, aliases and deep nesting are not allowed");
      } else {
        lastLine = Math.max(line(name), readValue(yaml, key, name, tuple.getValueNode(), depth));
      }
    }
    sections.put(prefix, new Section(column, lastLine, mapping.getFlowStyle() == FlowStyle.FLOW));
    return mapping.getFlowStyle() == FlowStyle.FLOW ? endLine(mapping) : lastLine;
  }

  private int readValue(String yaml, String key, Node name, Node node, int depth) {
    return switch (node) {
      case MappingNode mapping -> readMapping(yaml, key, mapping, depth + 1);
      case ScalarNode scalar when isBlock(scalar) -> {
        fail(key, line(name), "write the value on the line of its key");
        yield endLine(scalar);
      }
      case ScalarNode scalar -> {
        String text = isNull(scalar) ? "" : scalar.getValue();
        values.put(
            key,
            new Value(text, line(name), offset(yaml, scalar, true), offset(yaml, scalar, false)));
        yield endLine(scalar);
      }
      case SequenceNode list -> {
        fail(key, line(name), "takes one value, not a list");
        yield endLine(list);
      }
      default -> throw new IllegalStateException("no such YAML node: " + node.getNodeType());
    };
  }

  private void fail(String key, int line, String message) {
    errors.add(new ConfigError(key, line, message));
  }

  private static boolean isBlock(ScalarNode scalar) {
    return scalar.getScalarStyle() == ScalarStyle.LITERAL
        || scalar.getScalarStyle() == ScalarStyle.FOLDED;
  }

  private static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.isPlain()
        && scalar.getTag().equals(Tag.NULL);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  private static int endLine(Node node) {
    return node.getEndMark()
        .map(mark -> mark.getColumn() == 0 ? mark.getLine() : mark.getLine() + 1)
        .orElse(0);
  }

  private static int column(NodeTuple tuple) {
    return tuple.getKeyNode().getStartMark().map(Mark::getColumn).orElse(0);
  }

  // marks count code points, strings count characters
  private static int offset(String yaml, Node node, boolean start) {
    Optional<Mark> mark = start ? node.getStartMark() : node.getEndMark();
    return yaml.offsetByCodePoints(0, mark.map(Mark::getIndex).orElse(0));
  }
}
