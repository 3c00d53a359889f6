package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Lane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The pieces of a line of which the end is still to come.
///
/// Not thread-safe.
final class PartialLine {
  private final long longest;
  private final Entry last = new Batch(new Lane("partial line")).add();
  private final List<Delivery> deliveries = new ArrayList<>();
  private byte[] text = {};
  private int size;

  /// @param longest bytes that a joined line may have; what is longer is cut off
  PartialLine(long longest) {
    this.longest = longest;
  }

  /// Holds a piece: copies its text and retains its delivery, once per batch.
  void add(Entry piece) {
    Delivery delivery = piece.batch().delivery();
    if (deliveries.isEmpty() || deliveries.getLast() != delivery) {
      delivery.retain();
      deliveries.add(delivery);
    }
    last.copyFrom(piece);
    append(piece);
  }

  /// The holds, to be taken over by whom the line is given to.
  List<Delivery> deliveries() {
    return deliveries;
  }

  /// Puts all pieces in front of the last one.
  ///
  /// @return whether something was cut off
  boolean finish(Entry end) {
    boolean cut = append(end);
    end.line(text, 0, size);
    return cut;
  }

  /// Fills an entry with what there is.
  void copyTo(Entry entry) {
    entry.copyFrom(last);
    entry.line(text, 0, size);
  }

  private boolean append(Entry piece) {
    int room = (int) Math.min(piece.length(), longest - size);
    if (size + room > text.length) {
      text = Arrays.copyOf(text, Math.max(size + room, 2 * text.length));
    }
    System.arraycopy(piece.buffer(), piece.offset(), text, size, room);
    size += room;
    return room < piece.length();
  }
}
