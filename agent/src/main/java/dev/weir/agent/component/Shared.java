package dev.weir.agent.component;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// Things that several components use at once, such as a watch: made for the first, let go of after
/// the last.
///
/// Thread-safe.
///
/// @param <K> tells them apart
/// @param <S> what is shared
public final class Shared<K, S> {
  private final Function<K, S> make;
  private final Consumer<S> close;
  private final Map<K, Holding<S>> holdings = new HashMap<>();

  private static final class Holding<S> {
    final S thing;
    int leases;

    Holding(S thing) {
      this.thing = thing;
    }
  }

  /// The right to use one, until it is closed.
  ///
  /// @param <S> what is shared
  public static final class Lease<S> implements AutoCloseable {
    private final S thing;
    private final Runnable onClose;
    private boolean closed;

    private Lease(S thing, Runnable onClose) {
      this.thing = thing;
      this.onClose = onClose;
    }

    /// What it is a lease of.
    public S get() {
      return thing;
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        onClose.run();
      }
    }
  }

  /// @param make one, without waiting for anything
  /// @param close one, which may take a while
  public Shared(Function<K, S> make, Consumer<S> close) {
    this.make = make;
    this.close = close;
  }

  /// Gives the one of that key.
  public synchronized Lease<S> lease(K key) {
    Holding<S> holding = holdings.computeIfAbsent(key, each -> new Holding<>(make.apply(each)));
    holding.leases++;
    return new Lease<>(holding.thing, () -> giveBack(key, holding));
  }

  private void giveBack(K key, Holding<S> holding) {
    synchronized (this) {
      holding.leases--;
      if (holding.leases > 0) {
        return;
      }
      holdings.remove(key, holding);
    }
    close.accept(holding.thing);
  }

  /// How many there are.
  public synchronized int size() {
    return holdings.size();
  }
}
