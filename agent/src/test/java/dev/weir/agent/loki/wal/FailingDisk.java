package dev.weir.agent.loki.wal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// A disk that does not do what it should, for as long as it is told so.
final class FailingDisk implements Disk {
  /// What goes wrong.
  enum Fault {
    NONE,
    CREATE,
    /// Half of a record is written.
    WRITE,
    /// All of a record is written, and may be lost.
    SYNC
  }

  private final AtomicInteger failures = new AtomicInteger();
  private volatile Fault fault = Fault.NONE;

  void fail(Fault how) {
    fault = how;
  }

  /// How often it failed.
  int failures() {
    return failures.get();
  }

  private void check(Fault now, String what) throws IOException {
    if (fault == now) {
      failures.incrementAndGet();
      throw new IOException(what);
    }
  }

  @Override
  public Output create(Path file) throws IOException {
    check(Fault.CREATE, "Read-only file system");
    Output real = Disk.FILES.create(file);
    return new Output() {
      @Override
      public void write(byte[] bytes, int length) throws IOException {
        if (fault == Fault.WRITE) {
          real.write(bytes, length / 2);
        }
        check(Fault.WRITE, "No space left on device");
        real.write(bytes, length);
      }

      @Override
      public void sync() throws IOException {
        check(Fault.SYNC, "Input/output error");
        real.sync();
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }
}
