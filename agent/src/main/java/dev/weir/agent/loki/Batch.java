package dev.weir.agent.loki;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Entries read together from one source, and the unit that passes between components.
///
/// The source owns it: it fills it with [#add], gives it to a receiver, and after that call clears
/// and fills it again. Receivers may read it during the call only.
///
/// Not thread-safe: it belongs to its lane's thread.
public final class Batch {
  private static final int FIRST_SLOTS = 64;
  private static final int FIRST_SCRATCH = 4096;

  private final Lane lane;
  private @Nullable Entry[] entries = new Entry[FIRST_SLOTS];
  private int size;
  private Delivery delivery = Delivery.UNTRACKED;
  private @Nullable Batch fork;
  private byte[] scratch = {};
  private int scratchUsed;

  public Batch(Lane lane) {
    this.lane = lane;
  }

  /// The sequence of batches that this one is part of.
  public Lane lane() {
    return lane;
  }

  /// Entries in it.
  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /// The entry at a place, 0-based.
  public Entry get(int index) {
    Entry entry = index < size ? entries[index] : null;
    if (entry == null) {
      throw new IndexOutOfBoundsException(index);
    }
    return entry;
  }

  /// Adds an entry with nothing set and returns it to be filled.
  public Entry add() {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
    }
    Entry entry = entries[size];
    if (entry == null) {
      entry = new Entry(this);
      entries[size] = entry;
    } else {
      entry.reset();
    }
    size++;
    return entry;
  }

  /// Gives up all entries but the first ones. What was written to [#scratch] stays.
  public void truncate(int newSize) {
    size = Math.min(size, newSize);
  }

  /// Adds a copy of an entry: text by reference, everything else by value, nothing extracted.
  public void addCopyOf(Entry other) {
    Entry known = size < entries.length ? entries[size] : null;
    if (known == null) {
      add().copyFrom(other);
    } else {
      known.copyFrom(other);
      size++;
    }
  }

  /// Empties the batch for its next use, also its scratch space.
  public void clear() {
    size = 0;
    scratchUsed = 0;
    delivery = Delivery.UNTRACKED;
  }

  /// What tells the source how these entries end.
  public Delivery delivery() {
    return delivery;
  }

  public void delivery(Delivery newDelivery) {
    delivery = newDelivery;
  }

  /// An empty batch for what a receiver makes of this one, of the same lane and delivery. There is
  /// one per batch, given again to the next receiver; it has a fork of its own.
  public Batch fork() {
    Batch child = fork;
    if (child == null) {
      child = new Batch(lane);
      fork = child;
    }
    child.clear();
    child.delivery = delivery;
    return child;
  }

  /// Makes room for `length` bytes of new text that lives as long as the batch's content. Write it
  /// to [#scratch] at the index returned. Room handed out earlier stays where it is, in its array.
  public int reserve(int length) {
    if (scratch.length - scratchUsed < length) {
      // Entries point into the old array and keep it alive; only the new text needs a larger one.
      scratch = new byte[Math.max(Math.max(FIRST_SCRATCH, 2 * scratch.length), length)];
      scratchUsed = 0;
    }
    int at = scratchUsed;
    scratchUsed += length;
    return at;
  }

  /// Gives back what the last [#reserve] made room for, from an index of [#scratch] on.
  public void giveBack(int from) {
    scratchUsed = from;
  }

  /// The array that the last [#reserve] made room in.
  public byte[] scratch() {
    return scratch;
  }
}
