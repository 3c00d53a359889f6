package dev.weir.agent.loki;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What the stages of a pipeline have learnt of one entry: names and values.
///
/// Values are text, numbers (`Double`, `Long`), booleans, or null for a name that is known to have
/// no value. Text comes as `String` or as a slice of bytes that is decoded only when asked for.
/// Under the stages' values lie the labels of the pipeline's start, under those the origin; both
/// are read through, not copied. Reused; allocates nothing for byte slices and constant strings.
///
/// Not thread-safe: it belongs to its entry.
public final class Extracted {
  private static final Object REMOVED = new Object();
  private static final Object BYTES = new Object();

  private String[] names = new String[16];
  private @Nullable Object[] values = new Object[16];
  private byte[][] buffers = new byte[16][];
  private int[] offsets = new int[16];
  private int[] lengths = new int[16];
  private int size;

  /// So many names of the entry before are still there, each once. Stages put the same names in the
  /// same order for every entry, so that mostly the next one is found without a search.
  private int known;

  private Labels labels = Labels.EMPTY;
  private Map<String, String> origin = Map.of();

  void start(Labels initialLabels, Map<String, String> initialOrigin) {
    size = 0;
    labels = initialLabels;
    origin = initialOrigin;
  }

  /// Sets a value: `String`, `Double`, `Long`, `Boolean` or null.
  public void put(String name, @Nullable Object value) {
    values[slot(name)] = value;
  }

  /// Sets text given as bytes, which are only referred to and must not change while the entry
  /// lives.
  public void putBytes(String name, byte[] buffer, int offset, int length) {
    int at = slot(name);
    values[at] = BYTES;
    buffers[at] = buffer;
    offsets[at] = offset;
    lengths[at] = length;
  }

  /// Removes a name, also one that came from labels or origin.
  public void remove(String name) {
    values[slot(name)] = REMOVED;
  }

  /// Whether the name is there, be its value null.
  public boolean has(String name) {
    int at = find(name);
    if (at >= 0) {
      return values[at] != REMOVED;
    }
    return labels.get(name) != null || origin.containsKey(name);
  }

  /// The value: `String`, `Double`, `Long`, `Boolean`, or null when there is none.
  public @Nullable Object get(String name) {
    int at = find(name);
    if (at < 0) {
      String label = labels.get(name);
      return label != null ? label : origin.get(name);
    }
    Object value = values[at];
    if (value == BYTES) {
      return RawText.decode(buffers[at], offsets[at], lengths[at]);
    }
    return value == REMOVED ? null : value;
  }

  /// The value as text, numbers in plain decimal; null when there is none or it is null.
  public @Nullable String text(String name) {
    return asText(get(name));
  }

  /// The same, with strings for bytes taken from a cache.
  public @Nullable String text(String name, TextCache cache) {
    int at = find(name);
    if (at >= 0) {
      if (values[at] == BYTES) {
        return cache.text(buffers[at], offsets[at], lengths[at]);
      }
      if (values[at] instanceof String text) {
        return text;
      }
    }
    return text(name);
  }

  /// The value as text that may be a label's: null also for what is not UTF-8.
  public @Nullable String validText(String name, TextCache cache) {
    int at = find(name);
    if (at < 0) {
      return text(name);
    }
    if (values[at] == BYTES) {
      return cache.validText(buffers[at], offsets[at], lengths[at]);
    }
    String text = text(name);
    return text != null && RawText.isValid(text) ? text : null;
  }

  /// Points `entry` at the value's bytes when it is text, a number or a boolean.
  ///
  /// @return false, with the entry unchanged, when there is no such value
  public boolean lineInto(Entry entry, String name) {
    int at = find(name);
    if (at >= 0 && values[at] == BYTES) {
      entry.line(buffers[at], offsets[at], lengths[at]);
      return true;
    }
    String text = text(name);
    if (text == null) {
      return false;
    }
    entry.line(text);
    return true;
  }

  /// Points `into` at the value's bytes when it is text, a number or a boolean.
  ///
  /// @return false, with `into` unchanged, when there is no such value
  public boolean read(String name, Slice into) {
    int at = find(name);
    if (at >= 0 && values[at] == BYTES) {
      into.set(buffers[at], offsets[at], lengths[at]);
      return true;
    }
    String text = text(name);
    if (text == null) {
      return false;
    }
    byte[] bytes = RawText.encode(text);
    into.set(bytes, 0, bytes.length);
    return true;
  }

  /// Whether the value is text.
  public boolean isText(String name) {
    int at = find(name);
    return at < 0 ? has(name) : values[at] == BYTES || values[at] instanceof String;
  }

  /// Becomes a copy of another, with the bytes it refers to copied into a batch.
  void copyFrom(Extracted other, Batch batch) {
    start(other.labels, other.origin);
    for (int i = 0; i < other.size; i++) {
      if (other.values[i] == BYTES) {
        int length = other.lengths[i];
        int to = batch.reserve(length);
        System.arraycopy(other.buffers[i], other.offsets[i], batch.scratch(), to, length);
        putBytes(other.names[i], batch.scratch(), to, length);
      } else {
        put(other.names[i], other.values[i]);
      }
    }
  }

  /// Every name and value, labels and origin included. Allocates.
  public void forEach(BiConsumer<String, @Nullable Object> action) {
    Set<String> all = new LinkedHashSet<>(origin.keySet());
    for (int i = 0; i < labels.size(); i++) {
      all.add(labels.name(i));
    }
    all.addAll(Arrays.asList(names).subList(0, size));
    for (String name : all) {
      if (has(name)) {
        action.accept(name, get(name));
      }
    }
  }

  private static @Nullable String asText(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Double number -> Numbers.plain(number);
      default -> value.toString();
    };
  }

  @SuppressWarnings("ReferenceEquality") // Stages name things by constants: mostly the same object.
  private int find(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i] == name) {
        return i;
      }
    }
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  @SuppressWarnings("ReferenceEquality") // The same object is the common case; others are searched.
  private int slot(String name) {
    if (size < known && names[size] == name) {
      return size++;
    }
    int at = find(name);
    if (at >= 0) {
      return at;
    }
    if (size == names.length) {
      grow();
    }
    names[size] = name;
    known = size + 1;
    return size++;
  }

  private void grow() {
    int larger = 2 * size;
    names = Arrays.copyOf(names, larger);
    values = Arrays.copyOf(values, larger);
    buffers = Arrays.copyOf(buffers, larger);
    offsets = Arrays.copyOf(offsets, larger);
    lengths = Arrays.copyOf(lengths, larger);
  }
}
