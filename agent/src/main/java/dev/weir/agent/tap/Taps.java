package dev.weir.agent.tap;

import dev.weir.agent.logql.Selector;
import dev.weir.agent.runtime.Outlets;
import dev.weir.agent.tap.TapException.Kind;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// All components of an agent whose lines can be seen, and all who look.
///
/// Thread-safe.
public final class Taps {
  /// How many may look at one time: each takes memory and the pipelines' time.
  public static final int MOST = 8;

  private final Map<String, TapPoint> points = new ConcurrentHashMap<>();
  private final Set<Tap> open = new HashSet<>();

  /// What sees the components of one configuration.
  ///
  /// @param module precedes the names of its components and a slash; empty for the agent's own
  public Outlets of(String module) {
    String prefix = module.isEmpty() ? "" : module + "/";
    return new Outlets() {
      @Override
      public <A extends Record> A watched(String id, A arguments) {
        return Taps.this.watched(prefix + id, arguments);
      }

      @Override
      public void gone(String id) {
        Taps.this.gone(prefix + id);
      }
    };
  }

  private <A extends Record> A watched(String name, A arguments) {
    TapPoint point = points.computeIfAbsent(name, TapPoint::new);
    boolean passing = !Outputs.of(arguments).isEmpty();
    point.passing(passing);
    return passing
        ? Outputs.withFirst(arguments, receiver -> new TappedReceiver(point, receiver))
        : arguments;
  }

  private void gone(String name) {
    TapPoint point = points.remove(name);
    if (point != null) {
      point.gone(name + " was stopped: it left the configuration, or the agent stops");
    }
  }

  /// The components that pass lines on, in order of their names.
  public List<String> names() {
    return points.values().stream().filter(TapPoint::passing).map(TapPoint::name).sorted().toList();
  }

  /// Begins to look at what a component passes on. Whoever opens closes.
  ///
  /// @param selector which lines; null for all
  /// @throws TapException when there is nothing to see, or too many look already
  public Tap open(String name, @Nullable Selector selector) throws TapException {
    TapPoint point = points.get(name);
    if (point == null) {
      throw new TapException(Kind.UNKNOWN, "there is no component \"" + name + "\"; " + choice());
    }
    if (!point.passing()) {
      throw new TapException(
          Kind.SILENT,
          "component \"" + name + "\" passes no lines on to other components; " + choice());
    }
    var tap = new Tap(point, selector, this::closed);
    opened(tap);
    if (!point.add(tap)) {
      tap.end(name + " was stopped");
    }
    return tap;
  }

  private synchronized void opened(Tap tap) throws TapException {
    if (open.size() >= MOST) {
      throw new TapException(Kind.TOO_MANY, "there are " + MOST + " taps already, try again later");
    }
    open.add(tap);
  }

  private synchronized void closed(Tap tap) {
    open.remove(tap);
    notifyAll();
  }

  /// Ends all taps; who takes from them finds out and closes them.
  public synchronized void end(String reason) {
    open.forEach(tap -> tap.end(reason));
  }

  /// Waits until all taps are closed.
  ///
  /// @param limit to wait at most
  public synchronized void awaitClosed(Duration limit) throws InterruptedException {
    long start = System.nanoTime();
    long left = limit.toNanos();
    while (!open.isEmpty() && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = limit.toNanos() - (System.nanoTime() - start);
    }
  }

  private String choice() {
    List<String> names = names();
    return names.isEmpty()
        ? "nothing here passes lines on"
        : "these can be tapped: " + String.join(", ", names);
  }
}
