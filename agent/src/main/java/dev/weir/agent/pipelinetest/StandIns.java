package dev.weir.agent.pipelinetest;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.write.LokiWrite;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Components for tests: those that work on entries are the real ones, those that reach outside
/// check their arguments and do nothing, and `loki.write` remembers what it should send.
///
/// Thread-safe.
final class StandIns {
  private static final Set<String> REAL =
      Set.of(
          "discovery.relabel",
          "local.file",
          "loki.echo",
          "loki.enrich",
          "loki.process",
          "loki.relabel",
          "loki.secretfilter");

  private final List<Seen> seen = new ArrayList<>();

  /// What arrived, in the order of arrival.
  synchronized List<Seen> seen() {
    return List.copyOf(seen);
  }

  /// The types to give to a runtime.
  List<ComponentType<?>> of(List<ComponentType<?>> types) {
    List<ComponentType<?>> all = new ArrayList<>();
    for (ComponentType<?> type : types) {
      if (type.name().equals(LokiWrite.TYPE.name())) {
        all.add(writer());
      } else {
        all.add(REAL.contains(type.name()) ? type : idle(type));
      }
    }
    return all;
  }

  private ComponentType<LokiWrite.Arguments> writer() {
    return new ComponentType<>(
        LokiWrite.TYPE.name(),
        LokiWrite.TYPE.stability(),
        LokiWrite.Arguments.class,
        LokiWrite.Exports.class,
        (arguments, context) -> {
          Map<String, String> external = arguments.externalLabels();
          context.publish(new LokiWrite.Exports(batch -> remember(context.id(), batch, external)));
          return new Idle<>();
        });
  }

  private synchronized void remember(String id, Batch batch, Map<String, String> external) {
    for (int i = 0; i < batch.size(); i++) {
      seen.add(Seen.of(id, batch.get(i), external));
    }
  }

  private static <A extends Record> ComponentType<A> idle(ComponentType<A> type) {
    return new ComponentType<>(
        type.name(),
        type.stability(),
        type.arguments(),
        type.exports(),
        (_, context) -> {
          publishNothing(type.exports(), context);
          return new Idle<>();
        });
  }

  /// Publishes empty lists, maps and texts.
  private static void publishNothing(Class<? extends Record> exports, ComponentContext context) {
    RecordComponent[] components = exports.getRecordComponents();
    @Nullable Object[] empty =
        Arrays.stream(components).map(component -> empty(component.getType())).toArray();
    if (Arrays.asList(empty).contains(null)) {
      return;
    }
    try {
      Constructor<? extends Record> canonical =
          exports.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      canonical.setAccessible(true);
      context.publish(canonical.newInstance(empty));
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("no empty " + exports, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no empty " + exports, e);
    }
  }

  private static @Nullable Object empty(Class<?> type) {
    if (type == List.class) {
      return List.of();
    }
    if (type == Map.class) {
      return Map.of();
    }
    return type == String.class ? "" : null;
  }

  /// Does nothing until it is stopped.
  private static final class Idle<A extends Record> implements Component<A> {
    @Override
    public synchronized void run() throws InterruptedException {
      while (true) {
        wait();
      }
    }

    @Override
    public void update(A arguments) {}
  }
}
