package dev.weir.agent.loki.source.api;

import dev.weir.agent.loki.intake.Pending;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Pushes that were passed on and whose senders have not been told that they are delivered. Who
/// sends such a push again, byte for byte, waits for the first one instead of doubling its entries.
///
/// Thread-safe.
final class Unanswered {
  private static final int MOST = 512;

  private final Map<ByteBuffer, Pending> pushes =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Pending> eldest) {
          return size() > MOST;
        }
      };

  /// What identifies a push.
  static ByteBuffer key(String tenant, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((tenant + '\n').getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /// The same push as it was passed on before; if there is none, remembers this one.
  synchronized @Nullable Pending putIfAbsent(ByteBuffer key, Pending push) {
    return pushes.putIfAbsent(key, push);
  }

  /// Forgets a push: its sender knows how it ended, or nothing of it was passed on.
  synchronized void remove(ByteBuffer key) {
    pushes.remove(key);
  }
}
