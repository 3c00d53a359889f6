package dev.weir.agent.loki.process;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Stability;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.process.stage.StageList;
import dev.weir.agent.loki.process.stage.StageTypes;
import dev.weir.agent.river.eval.BlockFamilyField;
import dev.weir.agent.river.eval.NamedBlock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs entries through stages and hands on what comes out.
///
/// Every lane has stages of its own, so that they need no locks; they run on the thread that brings
/// a batch. The component's own thread only makes stages release what is due.
public final class LokiProcess implements Component<LokiProcess.Arguments>, Receiver {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "loki.process",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          Exports.class,
          LokiProcess::new);

  private static final long TICK_MILLIS = 250;

  /// What the block holds.
  ///
  /// @param forwardTo who gets what the last stage passes
  /// @param stages in source order
  public record Arguments(
      List<Receiver> forwardTo,
      @BlockFamilyField(prefix = "stage", family = StageTypes.class) List<NamedBlock> stages) {}

  /// What others refer to.
  ///
  /// @param receiver of the entries to process
  public record Exports(Receiver receiver) {}

  private final ComponentContext context;
  private final Map<Lane, LanePipeline> lanes = new ConcurrentHashMap<>();

  /// Has permits when lanes were opened.
  private final Semaphore opened = new Semaphore(0);

  /// Never has one: only time or interruption ends the wait.
  private final Semaphore pause = new Semaphore(0);

  private volatile Plan plan;
  private volatile boolean ended;

  LokiProcess(Arguments arguments, ComponentContext context) {
    this.context = context;
    this.plan = newPlan(arguments);
    context.publish(new Exports(this));
  }

  @Override
  public void accept(Batch batch) throws InterruptedException {
    LanePipeline pipeline = lanes.get(batch.lane());
    if (pipeline == null) {
      pipeline = lanes.computeIfAbsent(batch.lane(), this::open);
      opened.release();
    }
    if (pipeline == null) {
      LanePipeline.refuse(batch);
    } else {
      pipeline.accept(batch);
      if (ended) {
        // It was opened while the others were being closed.
        close(batch.lane(), Lane.Ending.TO_BE_CONTINUED);
      }
    }
  }

  @Override
  public @Nullable String holdup() {
    Plan now = plan;
    return now.context().isPausing()
        ? context.id() + ": a rate limit makes entries wait"
        : Fanout.holdup(now.forwardTo());
  }

  private @Nullable LanePipeline open(Lane lane) {
    return ended ? null : new LanePipeline(lane, () -> plan, ending -> close(lane, ending));
  }

  private void close(Lane lane, Lane.Ending ending) {
    LanePipeline pipeline = lanes.remove(lane);
    if (pipeline != null) {
      pipeline.close(ending);
    }
  }

  @Override
  public void run() throws InterruptedException {
    try {
      while (true) {
        awaitTick();
        for (LanePipeline pipeline : lanes.values()) {
          pipeline.tick(System.nanoTime());
        }
      }
    } finally {
      ended = true;
      plan.context().end();
      // Their sources are still there, and read what is not whole again, for others.
      lanes.keySet().forEach(lane -> close(lane, Lane.Ending.TO_BE_CONTINUED));
      plan.stages().close();
    }
  }

  /// Where nothing flows, nothing can be due.
  private void awaitTick() throws InterruptedException {
    opened.drainPermits();
    if (lanes.isEmpty()) {
      opened.acquire();
    }
    if (pause.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("a permit that nobody gave");
    }
  }

  @Override
  public void update(Arguments arguments) {
    Plan old = plan;
    boolean same = old.stages().blocks().equals(arguments.stages());
    plan = same ? old.to(arguments.forwardTo()) : newPlan(arguments);
    if (!same) {
      old.context().end();
      old.stages().close();
    }
  }

  private Plan newPlan(Arguments arguments) {
    var own = new PipelineContext(context);
    var stages = new StageList(arguments.stages(), own);
    // Building once shows an error of a stage while the arguments can still be refused.
    stages.chain(Nowhere.OUTPUT);
    return new Plan(stages, own, List.copyOf(arguments.forwardTo()));
  }
}
