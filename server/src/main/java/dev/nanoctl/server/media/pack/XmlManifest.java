package dev.nanoctl.server.media.pack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A small XML document as a tree of local names; document types and entities are refused. */
final class XmlManifest {
  private static final int DEEPEST = 64;
  private static final int MOST_ELEMENTS = 100_000;
  private static final XMLInputFactory FACTORY = factory();

  private XmlManifest() {}

  /** An element: namespaces are left out, since exporters disagree about them. */
  record Element(
      String name, Map<String, String> attributes, List<Element> children, StringBuilder content) {
    /** The children with this name. */
    Stream<Element> all(String childName) {
      return children.stream().filter(child -> child.name.equals(childName));
    }

    /** The first descendant that the path of names leads to. */
    Optional<Element> at(String... path) {
      Stream<Element> found = Stream.of(this);
      for (String step : path) {
        found = found.flatMap(element -> element.all(step));
      }
      return found.findFirst();
    }

    /** All elements of this name below this one. */
    Stream<Element> descendants(String wanted) {
      return children.stream()
          .flatMap(child ->
              Stream.concat(
                  child.name.equals(wanted) ? Stream.of(child) : Stream.empty(),
                  child.descendants(wanted)));
    }

    /** An attribute that is not blank. */
    Optional<String> attribute(String attribute) {
      return Optional.ofNullable(attributes.get(attribute)).filter(value -> !value.isBlank());
    }

    /** All text in this element and below, with single spaces. */
    String text() {
      StringBuilder all = new StringBuilder(content);
      children.forEach(child -> all.append(' ').append(child.text()));
      return all.toString().strip().replaceAll("\\s+", " ");
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver((publicId, systemId, base, namespace) -> {
      throw new XMLStreamException("nothing outside the document is read");
    });
    return factory;
  }

  /** The root element, or empty with a finding if the file is not such a document. */
  static Optional<Element> read(OpenPackage pack, String path) throws IOException, PackageFlaw {
    byte[] bytes = pack.beginning(path, OpenPackage.LARGEST_MANIFEST + 1);
    if (bytes.length > OpenPackage.LARGEST_MANIFEST) {
      pack.error(Rule.MALFORMED_XML, path, "too large");
      return Optional.empty();
    }
    try {
      return parse(pack, path, FACTORY.createXMLStreamReader(new ByteArrayInputStream(bytes)));
    } catch (XMLStreamException e) {
      String line = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNumber();
      pack.error(Rule.MALFORMED_XML, path, line);
      return Optional.empty();
    }
  }

  private static Optional<Element> parse(OpenPackage pack, String path, XMLStreamReader reader)
      throws XMLStreamException {
    Element document = element("");
    Deque<Element> open = new ArrayDeque<>();
    open.push(document);
    int elements = 0;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
          pack.error(Rule.XML_WITH_DTD, path, "");
          return Optional.empty();
        }
        case XMLStreamConstants.START_ELEMENT -> {
          if (open.size() > DEEPEST || ++elements > MOST_ELEMENTS) {
            pack.error(Rule.MALFORMED_XML, path, "too deep or too long");
            return Optional.empty();
          }
          Element element = element(reader.getLocalName());
          for (int i = 0; i < reader.getAttributeCount(); i++) {
            element.attributes().put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
          }
          open.element().children().add(element);
          open.push(element);
        }
        case XMLStreamConstants.END_ELEMENT -> open.pop();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            open.element().content().append(reader.getText());
        default -> {
          // comments and processing instructions say nothing to us
        }
      }
    }
    return document.children().stream().findFirst();
  }

  private static Element element(String name) {
    return new Element(name, new HashMap<>(), new ArrayList<>(), new StringBuilder());
  }
}
