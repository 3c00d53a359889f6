package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Backlog;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// Looks from time to time whether a tail gets on, also when its reader does not: at the file that
/// is there, and at what was confirmed.
///
/// [#look] belongs to the engine's own thread; the rest may be called by any.
final class Watch {
  private final TailTarget target;
  private final Chain chain;
  private final Held held;
  private final LongAdder confirmed = new LongAdder();
  private volatile Backlog backlog = Backlog.NONE;

  // Of the watching thread.
  private long confirmedBefore;
  private long dueBefore;

  /// So much will have been confirmed once all that was due at some moment is, [#age] ago.
  private long goal;

  private long age;
  private long stalled;

  Watch(TailTarget target, Chain chain, Held held) {
    this.target = target;
    this.chain = chain;
    this.held = held;
  }

  /// So many bytes more are confirmed.
  void confirmed(long bytes) {
    confirmed.add(bytes);
  }

  /// What was found when it was last looked.
  Backlog backlog() {
    return backlog;
  }

  /// Looks at it.
  ///
  /// @param passed nanoseconds since the last look
  /// @param counted the same without those of a process that was itself stopped
  void look(long passed, long counted) {
    long due = due();
    long done = confirmed.sum();
    boolean fresh = dueBefore == 0;
    boolean progress = due == 0 || fresh || done > confirmedBefore || due < dueBefore;
    stalled = progress ? 0 : stalled + counted;
    // What vanished will not be confirmed.
    goal = Math.min(goal, done + due);
    if (due == 0 || done >= goal) {
      goal = done + due;
      age = 0;
    } else {
      age += passed;
    }
    confirmedBefore = done;
    dueBefore = due;
    backlog = new Backlog(due, Duration.ofNanos(age), Duration.ofNanos(stalled));
  }

  private long due() {
    List<Generation> all = chain.all();
    long due = held.lag();
    for (Generation generation : all) {
      due += generation.due(generation.size());
    }
    return due + (target.compression() == null ? moreAtPath(all) : 0);
  }

  /// What the file at the path has beyond what its reader has seen.
  private long moreAtPath(List<Generation> all) {
    try {
      Map<String, Object> file = Files.readAttributes(target.path(), "unix:dev,ino,size");
      long size = number(file, "size");
      Generation newest = all.isEmpty() ? null : all.getLast();
      if (newest == null || newest.isClosed()) {
        return newest == null ? size : 0;
      }
      boolean same = newest.id().equals(new FileId(number(file, "dev"), number(file, "ino")));
      return same ? newest.due(size) - newest.due(newest.size()) : held.isEmpty() ? size : 0;
    } catch (IOException e) {
      // It is gone, or not to be seen; its reader tells of that.
      return 0;
    }
  }

  private static long number(Map<String, Object> attributes, String name) {
    return ((Number) Objects.requireNonNull(attributes.get(name))).longValue();
  }
}
