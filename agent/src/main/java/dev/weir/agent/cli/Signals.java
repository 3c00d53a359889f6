package dev.weir.agent.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;

/// Reacts to signals of the operating system.
///
/// The JDK's class for it is not of the public API and the compiler warns of it, hence the
/// reflection; it is exported by `jdk.unsupported` on purpose.
final class Signals {
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
      MethodHandle handle =
          MethodHandles.lookup()
              .findStatic(signal, "handle", MethodType.methodType(handler, signal, handler));
      Object made = signal.getConstructor(String.class).newInstance(name);
      handle.invokeWithArguments(made, proxy);
    } catch (Throwable e) {
      throw new IllegalStateException("cannot handle signal " + name, e);
    }
  }
}
