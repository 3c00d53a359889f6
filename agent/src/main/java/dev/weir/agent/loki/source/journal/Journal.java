package dev.weir.agent.loki.source.journal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// An open journal and a place in it. Belongs to the thread that opened it.
final class Journal implements AutoCloseable {
  private static final int LOCAL_ONLY = 1;
  private static final Set<Integer> UNAVAILABLE_FIELD = Set.of(-7, -74, -93, -95);

  private final LibSystemd library;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment pointer = arena.allocate(ADDRESS);
  private final MemorySegment length = arena.allocate(JAVA_LONG);
  private final MemorySegment handle;

  /// Takes the fields of an entry.
  interface Fields {
    /// Takes one, whose bytes are valid during the call.
    ///
    /// @param field `NAME=value`
    void field(MemorySegment field);
  }

  private Journal(LibSystemd library, String path) throws IOException {
    this.library = library;
    try {
      int result =
          path.isEmpty()
              ? call(library.open, pointer, LOCAL_ONLY)
              : call(library.openDirectory, pointer, text(arena, path), 0);
      String what = path.isEmpty() ? "the journal" : "the journal in " + path;
      check(result, "cannot open " + what);
      handle = pointer.get(ADDRESS, 0);
      check(call(library.threshold, handle, 0L), "cannot set the data threshold");
    } catch (IOException e) {
      arena.close();
      throw e;
    }
  }

  /// Opens the journal in a directory, that of the system where the path is empty.
  ///
  /// @param matches fields that entries must have, `NAME=value`
  /// @throws IOException when the library is missing or the directory cannot be read
  static Journal open(String path, List<String> matches) throws IOException {
    var journal = new Journal(LibSystemd.get(), path);
    try {
      for (String match : matches) {
        journal.match(match);
      }
    } catch (IOException e) {
      journal.close();
      throw e;
    }
    return journal;
  }

  private void match(String match) throws IOException {
    try (Arena scope = Arena.ofConfined()) {
      long size = match.getBytes(StandardCharsets.UTF_8).length;
      check(call(library.addMatch, handle, text(scope, match), size), "invalid match " + match);
    }
  }

  /// Moves in front of the first entry that is not older.
  void seek(long microseconds) throws IOException {
    check(call(library.seekRealtime, handle, microseconds), "cannot go to a time");
  }

  /// Moves so that [#next] gives the entry behind that of a cursor, or what is nearest behind where
  /// that is gone.
  ///
  /// @return whether there is such an entry already, and it is the present one
  boolean seekBehind(String cursor) throws IOException {
    try (Arena scope = Arena.ofConfined()) {
      MemorySegment place = text(scope, cursor);
      check(call(library.seekCursor, handle, place), "the position is no cursor: " + cursor);
      if (!next()) {
        return false;
      }
      return call(library.testCursor, handle, place) <= 0;
    }
  }

  /// Moves to the next entry.
  ///
  /// @return false when there is none for now
  boolean next() throws IOException {
    int result = call(library.next, handle);
    check(result, "cannot read the journal");
    return result > 0;
  }

  /// Waits until there may be more, or the time is over.
  void await(Duration longest) throws IOException {
    check(call(library.await, handle, longest.toNanos() / 1000), "cannot wait for the journal");
  }

  /// The time of the entry, microseconds since 1970.
  long realtime() throws IOException {
    check(call(library.realtime, handle, length), "cannot read a time");
    return length.get(JAVA_LONG, 0);
  }

  /// The place of the entry.
  String cursor() throws IOException {
    check(call(library.cursor, handle, pointer), "cannot read a cursor");
    MemorySegment text = pointer.get(ADDRESS, 0);
    try {
      return sized(text, Short.MAX_VALUE).getString(0, StandardCharsets.UTF_8);
    } finally {
      run(library.free, text);
    }
  }

  /// Gives every field of the entry; one that is damaged is left out.
  void fields(Fields fields) throws IOException {
    run(library.restart, handle);
    while (true) {
      int result = call(library.enumerate, handle, pointer, length);
      if (result == 0) {
        return;
      }
      if (UNAVAILABLE_FIELD.contains(result)) {
        return;
      }
      check(result, "cannot read an entry");
      fields.field(sized(pointer.get(ADDRESS, 0), length.get(JAVA_LONG, 0)));
    }
  }

  @SuppressWarnings("restricted") // The library says how long it is.
  private static MemorySegment sized(MemorySegment address, long size) {
    return address.reinterpret(size);
  }

  private static MemorySegment text(Arena arena, String text) {
    return arena.allocateFrom(text, StandardCharsets.UTF_8);
  }

  /// The bytes of a field from a place on.
  static void copy(MemorySegment field, long from, byte[] to, int at) {
    MemorySegment.copy(field, ValueLayout.JAVA_BYTE, from, to, at, (int) (field.byteSize() - from));
  }

  private static void check(int result, String message) throws IOException {
    if (result < 0) {
      throw new IOException(message + ": " + Errno.text(-result));
    }
  }

  private static int call(MethodHandle function, MemorySegment first) {
    try {
      return (int) function.invokeExact(first);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int call(MethodHandle function, MemorySegment first, int second) {
    try {
      return (int) function.invokeExact(first, second);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int call(MethodHandle function, MemorySegment first, long second) {
    try {
      return (int) function.invokeExact(first, second);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int call(MethodHandle function, MemorySegment first, MemorySegment second) {
    try {
      return (int) function.invokeExact(first, second);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int call(
      MethodHandle function, MemorySegment first, MemorySegment second, MemorySegment third) {
    try {
      return (int) function.invokeExact(first, second, third);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int call(
      MethodHandle function, MemorySegment first, MemorySegment second, int third) {
    try {
      return (int) function.invokeExact(first, second, third);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int call(
      MethodHandle function, MemorySegment first, MemorySegment second, long third) {
    try {
      return (int) function.invokeExact(first, second, third);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static void run(MethodHandle procedure, MemorySegment first) {
    try {
      procedure.invokeExact(first);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static IllegalStateException unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a C function does not throw", e);
  }

  @Override
  public void close() {
    run(library.close, handle);
    arena.close();
  }
}
