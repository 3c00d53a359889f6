package dev.weir.agent.loki.source.journal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// The functions of `libsystemd.so.0` that read journals, loaded when first asked for.
///
/// Each returns what the C function does: a negative number is an error number of the kernel.
final class LibSystemd {
  private static final String NAME = "libsystemd.so.0";
  private static @Nullable LibSystemd loaded;

  final MethodHandle open;
  final MethodHandle openDirectory;
  final MethodHandle close;
  final MethodHandle next;
  final MethodHandle seekRealtime;
  final MethodHandle seekCursor;
  final MethodHandle testCursor;
  final MethodHandle cursor;
  final MethodHandle realtime;
  final MethodHandle enumerate;
  final MethodHandle restart;
  final MethodHandle threshold;
  final MethodHandle addMatch;
  final MethodHandle await;
  final MethodHandle free;

  @SuppressWarnings("restricted") // There is no other way to a C library.
  private LibSystemd(Linker linker, SymbolLookup library) {
    var bind = new Binder(linker, library);
    open = bind.function("sd_journal_open", ADDRESS, JAVA_INT);
    openDirectory = bind.function("sd_journal_open_directory", ADDRESS, ADDRESS, JAVA_INT);
    close = bind.procedure("sd_journal_close", ADDRESS);
    next = bind.function("sd_journal_next", ADDRESS);
    seekRealtime = bind.function("sd_journal_seek_realtime_usec", ADDRESS, JAVA_LONG);
    seekCursor = bind.function("sd_journal_seek_cursor", ADDRESS, ADDRESS);
    testCursor = bind.function("sd_journal_test_cursor", ADDRESS, ADDRESS);
    cursor = bind.function("sd_journal_get_cursor", ADDRESS, ADDRESS);
    realtime = bind.function("sd_journal_get_realtime_usec", ADDRESS, ADDRESS);
    // The other one stops at a field that this build of systemd cannot decompress.
    String enumerating =
        library.find("sd_journal_enumerate_available_data").isPresent()
            ? "sd_journal_enumerate_available_data"
            : "sd_journal_enumerate_data";
    enumerate = bind.function(enumerating, ADDRESS, ADDRESS, ADDRESS);
    restart = bind.procedure("sd_journal_restart_data", ADDRESS);
    threshold = bind.function("sd_journal_set_data_threshold", ADDRESS, JAVA_LONG);
    addMatch = bind.function("sd_journal_add_match", ADDRESS, ADDRESS, JAVA_LONG);
    await = bind.function("sd_journal_wait", ADDRESS, JAVA_LONG);
    free =
        linker.downcallHandle(
            linker.defaultLookup().find("free").orElseThrow(), FunctionDescriptor.ofVoid(ADDRESS));
  }

  /// The library.
  ///
  /// @throws IOException when it is not there, or not usable, with a message for people
  static LibSystemd get() throws IOException {
    return load(NAME);
  }

  @SuppressWarnings("restricted") // There is no other way to a C library.
  static synchronized LibSystemd load(String name) throws IOException {
    LibSystemd known = loaded;
    if (known != null && name.equals(NAME)) {
      return known;
    }
    try {
      SymbolLookup library = SymbolLookup.libraryLookup(name, Arena.global());
      var made = new LibSystemd(Linker.nativeLinker(), library);
      loaded = made;
      return made;
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the journal needs " + name + ", which cannot be loaded: install libsystemd0", e);
    } catch (IllegalCallerException | UnsupportedOperationException e) {
      throw new IOException("native libraries are not permitted to this process", e);
    }
  }

  /// Finds functions by name.
  private record Binder(Linker linker, SymbolLookup library) {
    MethodHandle function(String name, MemoryLayout... parameters) {
      return bind(name, FunctionDescriptor.of(JAVA_INT, parameters));
    }

    MethodHandle procedure(String name, MemoryLayout... parameters) {
      return bind(name, FunctionDescriptor.ofVoid(parameters));
    }

    @SuppressWarnings("restricted") // The descriptors are those of sd-journal.h.
    private MethodHandle bind(String name, FunctionDescriptor descriptor) {
      MemorySegment symbol =
          library.find(name).orElseThrow(() -> new IllegalArgumentException("no function " + name));
      return linker.downcallHandle(symbol, descriptor);
    }
  }
}
