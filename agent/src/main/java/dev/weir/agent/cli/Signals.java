package dev.weir.agent.cli;

import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Reacts to signals of the operating system.
///
/// The JDK's class for it is not of the public API and the compiler warns of it, hence the
/// reflection; it is exported by `jdk.unsupported` on purpose.
final class Signals {
  private static final long POLL_NANOS = 10_000_000;
  private static final Set<String> HANDLED = ConcurrentHashMap.newKeySet();

  private Signals() {}

  /// Runs `action` on a thread of its own each time the signal (`HUP`, `TERM`, `INT`) arrives.
  static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, args) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      action.run();
                      yield null;
                    }
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" ->
                        System.identityHashCode(self) == System.identityHashCode(args[0]);
                    default -> "signal handler of " + name;
                  });
      Object made = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, made, proxy);
      HANDLED.add(name);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot handle signal " + name, e);
    }
  }

  /// Sends a signal to this process, once the process handles it: before, it would die of it.
  static void raise(String name) {
    while (!HANDLED.contains(name)) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Object made = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("raise", signal).invoke(null, made);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot raise signal " + name, e);
    }
  }
}
