package dev.weir.agent.loki.process;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.process.stage.Output;
import dev.weir.agent.loki.process.stage.StageChain;
import dev.weir.agent.loki.process.stage.StageInterruptedException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The stages of one lane, and the batches they work on.
///
/// A lock is taken per batch: only the component's tick ever competes for it.
final class LanePipeline implements Output {
  private static final long FLUSH_NANOS = 250_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Batch source;
  private final Lane.Hook hook;

  /// Where an entry is worked on: one slot, so that there is one extracted map.
  private final Batch work;

  private final Supplier<Plan> plans;
  private Plan plan;
  private StageChain chain;
  private Batch out;
  private Delivery own = Delivery.UNTRACKED;

  /// What the receivers' holds end, once stages gave back holds on earlier batches.
  private @Nullable JoinedDelivery joined;

  /// The same for stages that hold what is emitted while one entry is worked on. They never get
  /// `joined`: a stage that always holds something would keep every batch from ending.
  private @Nullable JoinedDelivery current;

  private long flushedNanos = System.nanoTime();
  private boolean closed;

  /// @param plans the present one
  /// @param onClose run when the lane closes before this
  LanePipeline(Lane lane, Supplier<Plan> plans, Consumer<Lane.Ending> onClose) {
    this.hook = lane.onClose(onClose);
    this.source = new Batch(lane);
    this.work = new Batch(lane);
    this.out = source;
    this.plans = plans;
    this.plan = plans.get();
    this.chain = plan.stages().chain(this);
  }

  /// Fails a batch that comes when nothing can be done with it any more: its source reads it again,
  /// for whoever receives it then.
  static void refuse(Batch batch) {
    batch.delivery().retain();
    batch.delivery().fail();
  }

  /// Runs a batch through the stages and on to the receivers, unless this was closed.
  void accept(Batch batch) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (closed) {
        refuse(batch);
        return;
      }
      adapt();
      begin(batch.fork(), batch.delivery());
      Entry entry = work.get(0);
      for (int i = 0; i < batch.size(); i++) {
        entry.copyFrom(batch.get(i));
        // Later stages must see the labels that the entry came with.
        entry.extracted();
        chain.process(entry);
        endEntry();
      }
      flushWhenDue();
      forward();
    } catch (StageInterruptedException stopped) {
      throw stopped.asInterruption();
    } finally {
      abandon();
      lock.unlock();
    }
  }

  /// Lets stages release what is due, unless a batch is under way, which does that too.
  void tick(long nowNanos) throws InterruptedException {
    if (!lock.tryLock()) {
      return;
    }
    try {
      if (!closed) {
        adapt();
        begin(source, Delivery.UNTRACKED);
        chain.flush(nowNanos);
        flushedNanos = nowNanos;
        forward();
      }
    } catch (StageInterruptedException stopped) {
      throw stopped.asInterruption();
    } finally {
      abandon();
      lock.unlock();
    }
  }

  /// Releases all that is held; a lane that comes back starts anew. Waits for a batch that is under
  /// way.
  ///
  /// A lane is closed by a thread that has been told to stop, and what is held goes out all the
  /// same. Telling it once more ends that.
  void close(Lane.Ending ending) {
    boolean stopping = Thread.interrupted();
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        hook.close();
        finish(ending);
      }
    } catch (InterruptedException | StageInterruptedException e) {
      stopping = true;
    } finally {
      abandon();
      lock.unlock();
      if (stopping) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Asks under the lock: who waited for it may know an older plan, whose stages have ended.
  private void adapt() throws InterruptedException {
    Plan current = plans.get();
    if (current.stages() != plan.stages()) {
      // What is not whole is read again: its rest comes to the new stages.
      finish(Lane.Ending.TO_BE_CONTINUED);
      chain = current.stages().chain(this);
    }
    plan = current;
  }

  private void finish(Lane.Ending ending) throws InterruptedException {
    begin(source, Delivery.UNTRACKED);
    switch (ending) {
      case COMPLETE -> chain.finish();
      case TO_BE_CONTINUED -> chain.suspend();
    }
    forward();
  }

  private void begin(Batch output, Delivery delivery) {
    work.clear();
    work.add();
    work.delivery(delivery);
    own = delivery;
    out = output;
    out.clear();
    out.delivery(delivery);
    joined = null;
  }

  /// A lane that is never idle when the component ticks lets go of what is due here.
  private void flushWhenDue() {
    long now = System.nanoTime();
    if (now - flushedNanos >= FLUSH_NANOS) {
      flushedNanos = now;
      chain.flush(now);
    }
  }

  private void endEntry() {
    work.truncate(1);
    JoinedDelivery entries = current;
    if (entries != null) {
      current = null;
      work.delivery(own);
      entries.delivery().release();
    }
  }

  private void forward() throws InterruptedException {
    endEntry();
    send();
    JoinedDelivery all = joined;
    joined = null;
    if (all != null) {
      all.delivery().release();
    }
  }

  private void send() throws InterruptedException {
    if (!out.isEmpty()) {
      List<Receiver> receivers = plan.forwardTo();
      for (int i = 0; i < receivers.size(); i++) {
        receivers.get(i).accept(out);
      }
    }
  }

  /// Gives up what was taken over but did not get to the receivers.
  private void abandon() {
    endEntry();
    JoinedDelivery all = joined;
    joined = null;
    if (all != null) {
      all.delivery().fail();
    }
  }

  @Override
  public void emit(Entry entry) {
    out.addCopyOf(entry);
  }

  @Override
  public void adopt(Delivery held) {
    JoinedDelivery entries = current;
    if (held == own || (entries != null && held == entries.delivery())) {
      // What is emitted now ends with these anyway.
      held.release();
      return;
    }
    if (entries == null) {
      entries = new JoinedDelivery(own);
      current = entries;
      work.delivery(entries.delivery());
    }
    JoinedDelivery all = joined;
    if (all == null) {
      all = new JoinedDelivery(own);
      joined = all;
      out.delivery(all.delivery());
    }
    held.retain();
    entries.add(held);
    all.add(held);
  }

  @Override
  public Entry fresh() {
    return work.add();
  }

  @Override
  public void hurry() {
    try {
      send();
    } catch (InterruptedException e) {
      throw new StageInterruptedException(e);
    }
    Delivery delivery = out.delivery();
    out.clear();
    out.delivery(delivery);
  }
}
