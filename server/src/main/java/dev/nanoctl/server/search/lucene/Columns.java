package dev.nanoctl.server.search.lucene;

import dev.nanoctl.server.search.Facet;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;

/** The traits of one segment's documents in arrays, so that thousands of hits are counted fast. */
final class Columns {
  private final Map<Facet, Column> facets = new EnumMap<>(Facet.class);
  private final short[] minutes;

  private Columns(short[] minutes) {
    this.minutes = minutes;
  }

  /** The values of one facet. */
  static final class Column {
    private final int[] starts;
    private final short[] values;

    private Column(int[] starts, short[] values) {
      this.starts = starts;
      this.values = values;
    }

    /** Where the values of a document begin; they end where those of the next begin. */
    int start(int document) {
      return starts[document];
    }

    /** The value at that place. */
    int value(int at) {
      return values[at];
    }
  }

  static Columns read(LeafReader reader, Map<Facet, FacetValues> numbering) throws IOException {
    Columns columns = new Columns(minutes(reader));
    for (Map.Entry<Facet, FacetValues> facet : numbering.entrySet()) {
      SortedSetDocValues values = DocValues.getSortedSet(reader, field(facet.getKey()));
      columns.facets.put(facet.getKey(), column(values, reader.maxDoc(), facet.getValue()));
    }
    return columns;
  }

  Column facet(Facet facet) {
    Column column = facets.get(facet);
    if (column == null) {
      throw new IllegalArgumentException(facet + " has no column");
    }
    return column;
  }

  int minutes(int document) {
    return minutes[document];
  }

  private static String field(Facet facet) {
    return switch (facet) {
      case CATEGORY -> Fields.CATEGORY;
      case LEVEL -> Fields.LEVEL;
      case LANGUAGE -> Fields.LANGUAGE;
      case FORMAT -> Fields.FORMAT;
      case LICENSE -> Fields.LICENCE;
      case DURATION -> Fields.MINUTES;
    };
  }

  private static short[] minutes(LeafReader reader) throws IOException {
    short[] minutes = new short[reader.maxDoc()];
    NumericDocValues values = DocValues.getNumeric(reader, Fields.MINUTES);
    for (int doc = values.nextDoc(); doc < minutes.length; doc = values.nextDoc()) {
      minutes[doc] = (short) Math.min(values.longValue(), Short.MAX_VALUE);
    }
    return minutes;
  }

  private static Column column(SortedSetDocValues values, int documents, FacetValues numbering)
      throws IOException {
    int[] numbers = new int[(int) values.getValueCount()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = numbering.number(values.lookupOrd(i).utf8ToString());
    }
    int[] starts = new int[documents + 1];
    short[] flat = new short[documents + 16];
    int size = 0;
    int at = values.nextDoc();
    for (int doc = 0; doc < documents; doc++) {
      starts[doc] = size;
      if (doc == at) {
        int count = values.docValueCount();
        if (size + count > flat.length) {
          flat = Arrays.copyOf(flat, Math.max(flat.length * 2, size + count));
        }
        for (int i = 0; i < count; i++) {
          flat[size++] = (short) numbers[(int) values.nextOrd()];
        }
        at = values.nextDoc();
      }
    }
    starts[documents] = size;
    return new Column(starts, Arrays.copyOf(flat, size));
  }
}
