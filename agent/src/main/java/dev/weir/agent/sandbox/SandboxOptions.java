package dev.weir.agent.sandbox;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// How a [Sandbox] runs.
///
/// @param listenAddress where to listen; port 0 takes a free one
/// @param maxBytes memory for entries; beyond it the oldest to arrive are dropped
/// @param limits what a push may hold
/// @param mode what becomes of what is pushed
/// @param clock tells what is too old or too new, and what `now` means in a query
/// @param tls serves HTTPS with this, or plain HTTP when null
public record SandboxOptions(
    InetSocketAddress listenAddress,
    long maxBytes,
    Limits limits,
    Mode mode,
    InstantSource clock,
    @Nullable SSLContext tls) {
  private static final long DEFAULT_MAX_BYTES = 256L * 1024 * 1024;
  private static final long SMALLEST_MAX_BODY = 1024 * 1024;

  /// What becomes of what is pushed.
  public enum Mode {
    /// It is checked, stored and can be queried.
    STORE,
    /// It is decompressed and its streams, entries and bytes are counted, nothing is kept.
    COUNT_ENTRIES,
    /// Only requests and bytes are counted, the latter from the header of the compressed body: a
    /// sink that costs next to nothing beside what it measures.
    COUNT_BYTES
  }

  public SandboxOptions {
    if (maxBytes <= 0) {
      throw new IllegalArgumentException("maxBytes must be positive, not " + maxBytes);
    }
  }

  /// A free port of the loopback interface, Loki's limits, 256 MiB.
  public static SandboxOptions loopback() {
    return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), DEFAULT_MAX_BYTES);
  }

  /// The given address and memory, and Loki's limits, except that a push takes no more than a
  /// quarter of the memory: a small process must survive a large one.
  public static SandboxOptions at(InetSocketAddress listenAddress, long maxBytes) {
    int maxBody =
        (int) Math.clamp(maxBytes / 4, SMALLEST_MAX_BODY, (long) Limits.LOKI.maxBodySize());
    return new SandboxOptions(
        listenAddress,
        maxBytes,
        Limits.LOKI.withMaxBodySize(maxBody),
        Mode.STORE,
        InstantSource.system(),
        null);
  }

  public SandboxOptions withListenAddress(InetSocketAddress address) {
    return new SandboxOptions(address, maxBytes, limits, mode, clock, tls);
  }

  public SandboxOptions withMaxBytes(long bytes) {
    return new SandboxOptions(listenAddress, bytes, limits, mode, clock, tls);
  }

  public SandboxOptions withLimits(Limits newLimits) {
    return new SandboxOptions(listenAddress, maxBytes, newLimits, mode, clock, tls);
  }

  public SandboxOptions withMode(Mode newMode) {
    return new SandboxOptions(listenAddress, maxBytes, limits, newMode, clock, tls);
  }

  public SandboxOptions withClock(InstantSource newClock) {
    return new SandboxOptions(listenAddress, maxBytes, limits, mode, newClock, tls);
  }

  public SandboxOptions withTls(SSLContext context) {
    return new SandboxOptions(listenAddress, maxBytes, limits, mode, clock, context);
  }
}
