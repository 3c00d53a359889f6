package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.positions.ContentHash;
import dev.weir.agent.loki.positions.FileMark;
import dev.weir.agent.loki.positions.FileMark.Slice;
import java.io.IOException;
import java.util.ArrayDeque;

/// One file of a tail: the newest one or an older one that is not finished.
///
/// What is read belongs to the reading thread. What is confirmed is guarded by this object's lock,
/// as confirmations come from other threads.
final class Generation {
  static final int HEAD_LENGTH = 256;
  static final int CHECK_LENGTH = 64;

  private final Object lock = new Object();
  private final ArrayDeque<InFlight> inFlight = new ArrayDeque<>();
  private volatile FileId id;
  private volatile Slice head = Slice.NONE;
  private Content content;

  // Of the reading thread.
  private volatile long offset;
  private Slice check = Slice.NONE;
  private boolean unproven;
  private volatile boolean closed;
  private long stdoutFrom;
  private long stderrFrom;
  private volatile long incompleteSize = -1;
  private long sealAt = Long.MAX_VALUE;
  private volatile long size;
  private volatile boolean sealed;
  private boolean abandoned;
  private long largest;
  private volatile long modified;

  // Guarded by the lock.
  private long stdoutConfirmed;
  private long stderrConfirmed;
  private Slice checkConfirmed = Slice.NONE;

  /// So far it was read when the last batch was made that is delivered.
  private long delivered;

  private boolean failed;
  private boolean released;

  /// A file to be read from its start.
  ///
  /// @param modified when it was last written to, nanoseconds since 1970
  Generation(FileId id, Content content, long modified) {
    this.id = id;
    this.content = content;
    this.modified = modified;
  }

  /// Goes on where a mark says, in content that has been found to match it.
  void resume(FileMark mark) {
    head = mark.head();
    stdoutConfirmed = mark.stdout();
    stderrConfirmed = mark.stderr();
    checkConfirmed = mark.check();
    rewindTo(mark.stdout(), mark.stderr());
  }

  /// Begins at a place; what is before counts as confirmed.
  void startAt(long place) {
    stdoutConfirmed = place;
    stderrConfirmed = place;
    rewindTo(place, place);
  }

  private void rewindTo(long stdout, long stderr) {
    stdoutFrom = stdout;
    stderrFrom = stderr;
    offset = Math.min(stdout, stderr);
    delivered = offset;
    check = Slice.NONE;
    unproven = true;
    incompleteSize = -1;
  }

  FileId id() {
    return id;
  }

  Content content() {
    return content;
  }

  Slice head() {
    return head;
  }

  /// The next byte to read.
  long offset() {
    return offset;
  }

  long size() {
    return size;
  }

  long stdoutFrom() {
    return stdoutFrom;
  }

  long stderrFrom() {
    return stderrFrom;
  }

  /// Proof of what lies before [#offset]; it may end earlier, or be empty.
  Slice check() {
    return check;
  }

  /// Looks at the size, and says whether there may be something to read.
  boolean hasUnread() throws IOException {
    if (abandoned) {
      return false;
    }
    long now = content.size();
    size = now;
    return now != offset && (now != incompleteSize || sealed);
  }

  /// Whether it became shorter than what was read.
  boolean shrank() {
    return size < offset;
  }

  /// Whether the time of its last modification is another than when this was last asked.
  boolean wasModified(long time) {
    boolean changed = modified != time;
    modified = time;
    return changed;
  }

  /// When it had last been written to when that was last looked at, nanoseconds since 1970.
  long modified() {
    return modified;
  }

  /// Remembers that what lies behind the offset is the start of a line.
  void incomplete() {
    incompleteSize = size;
  }

  /// Moves the reading place.
  ///
  /// @param proven whether the check ends there
  void advance(long place, Slice newCheck, boolean proven) {
    offset = place;
    check = newCheck;
    unproven = !proven;
  }

  /// So far the content was seen to go.
  void sawUpTo(long place) {
    size = Math.max(size, place);
    largest = Math.max(largest, size);
  }

  /// The largest size it was seen to have.
  long largest() {
    return largest;
  }

  /// Nothing of it can be read any more, as it was given up and there is no copy.
  void abandon() {
    sealed = true;
    abandoned = true;
    size = offset;
  }

  boolean isSealed() {
    return sealed;
  }

  /// Nothing will be added to it from now on.
  void seal() {
    sealed = true;
  }

  /// It is the newest again, and may grow.
  void unseal() {
    if (!abandoned) {
      sealed = false;
      sealAt = Long.MAX_VALUE;
    }
  }

  /// From when on it may be sealed; `Long.MAX_VALUE` while it is the newest.
  long sealAt() {
    return sealAt;
  }

  void sealAt(long nanoTime) {
    sealAt = Math.min(sealAt, nanoTime);
  }

  /// Learns what the file starts with, as far as that is not known yet.
  ///
  /// @return false when it now starts with something else than before
  boolean learnHead(byte[] scratch) throws IOException {
    Slice known = head;
    if (known.length() == HEAD_LENGTH && offset > 0) {
      return true;
    }
    int read = content.read(0, scratch, 0, HEAD_LENGTH);
    if (!Proof.holds(known, scratch, read)) {
      return false;
    }
    head = new Slice(read, read, ContentHash.of(scratch, 0, read));
    return true;
  }

  /// Learns what lies before the offset where that is not known, as after going back.
  ///
  /// @return false when what was confirmed is not there any more
  boolean learnCheck(byte[] scratch) throws IOException {
    if (!unproven) {
      return true;
    }
    if (!Proof.holds(content, checkConfirmed(), scratch)) {
      return false;
    }
    int length = (int) Math.min(CHECK_LENGTH, offset);
    int read = content.read(offset - length, scratch, 0, length);
    check = Proof.of(scratch, length, offset, length);
    unproven = false;
    return read == length;
  }

  /// What is known of the content before or at [#offset].
  Slice proof() {
    return unproven || check.length() == 0 ? checkConfirmed() : check;
  }

  private Slice checkConfirmed() {
    synchronized (lock) {
      return checkConfirmed;
    }
  }

  /// Gives up the file, which was truncated or overwritten, to a generation that begins at its
  /// start.
  Generation giveUp() {
    var successor = new Generation(id, content, modified);
    successor.sealAt = sealAt;
    content = Content.NOTHING;
    return successor;
  }

  /// Reads the rest from a copy of the file, which was given up.
  void goOnWith(Generation copy) {
    content = copy.content;
    id = copy.id;
    incompleteSize = -1;
    sealAt = Long.MIN_VALUE;
  }

  // --- confirmations ---

  void begin(InFlight batch) {
    synchronized (lock) {
      inFlight.add(batch);
    }
  }

  /// A batch has ended; every batch at the front that was delivered moves the confirmed place.
  ///
  /// @return how many bytes more are delivered
  long ended(InFlight batch, boolean withDelivery) {
    synchronized (lock) {
      batch.end(withDelivery);
      failed |= !withDelivery;
      long before = delivered;
      InFlight first = inFlight.peek();
      while (first != null && first.isDelivered()) {
        inFlight.remove();
        stdoutConfirmed = first.stdout();
        stderrConfirmed = first.stderr();
        checkConfirmed = first.check();
        delivered = first.end();
        first.releases().forEach(Generation::release);
        first = inFlight.peek();
      }
      return delivered - before;
    }
  }

  /// Bytes that could be confirmed and are not: on their way, or whole lines that are unread.
  ///
  /// @param now its size
  long due(long now) {
    synchronized (lock) {
      boolean rests = now == Long.MAX_VALUE || (now == incompleteSize && !sealed);
      long unread = closed || rests ? 0 : Math.max(0, now - offset);
      return unread + (inFlight.isEmpty() ? 0 : offset - delivered);
    }
  }

  /// The line that began here and was held for the next generation is delivered.
  void release() {
    synchronized (lock) {
      released = true;
    }
  }

  boolean hasFailed() {
    synchronized (lock) {
      return failed;
    }
  }

  /// Whether no batch is on its way.
  boolean isSettled() {
    synchronized (lock) {
      return inFlight.stream().allMatch(InFlight::isEnded);
    }
  }

  /// Goes back to the confirmed place, after a failure and once settled.
  ///
  /// @return bytes that should be read again and are not there any more
  long rewind() {
    synchronized (lock) {
      failed = false;
      if (inFlight.isEmpty() && (released || confirmed() == offset)) {
        return 0;
      }
      inFlight.clear();
      released = abandoned;
      if (abandoned) {
        return offset - confirmed();
      }
      rewindTo(stdoutConfirmed, stderrConfirmed);
      return 0;
    }
  }

  /// Whether everything up to the reading place is confirmed.
  boolean isConfirmed() {
    synchronized (lock) {
      return inFlight.isEmpty() && !failed && (released || confirmed() >= offset);
    }
  }

  /// Bytes on disk that are not confirmed.
  long lag() {
    synchronized (lock) {
      long known = size;
      boolean none = (sealed && released) || known == Long.MAX_VALUE;
      return none ? 0 : Math.max(0, known - confirmed());
    }
  }

  private long confirmed() {
    return Math.min(stdoutConfirmed, stderrConfirmed);
  }

  /// Its place in the positions file.
  FileMark mark(boolean complete) {
    synchronized (lock) {
      FileId file = id;
      long stdout = complete ? offset : stdoutConfirmed;
      long stderr = complete ? offset : stderrConfirmed;
      return new FileMark(
          file.device(),
          file.inode(),
          head,
          checkConfirmed,
          Math.min(stdout, stderr),
          stdout,
          stderr,
          modified,
          complete);
    }
  }

  /// Whether it is read to its end, confirmed, and will not grow.
  boolean isFinished() {
    return closed || (sealed && offset >= size && isConfirmed());
  }

  boolean isClosed() {
    return closed;
  }

  /// Lets go of the descriptor.
  void close() throws IOException {
    closed = true;
    content.close();
  }
}
