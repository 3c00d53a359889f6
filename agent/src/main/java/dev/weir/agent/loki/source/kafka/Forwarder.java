package dev.weir.agent.loki.source.kafka;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Joining;
import dev.weir.agent.loki.source.kafka.LokiSourceKafka.Arguments;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Passes on what was polled, on a thread of its own: who polls goes on while receivers are full,
/// so that the group does not take this member for dead.
///
/// Used by the polling thread.
final class Forwarder implements AutoCloseable {
  private static final long INTERRUPT_EVERY = TimeUnit.MILLISECONDS.toNanos(50);

  /// Something to do for a partition.
  private record Job(Partition partition, @Nullable List<ConsumerRecord<byte[], byte[]>> messages) {
    /// Passes messages on, or closes the lane when there are none.
    void run(Arguments arguments) throws InterruptedException {
      if (messages == null) {
        partition.closeLane();
      } else {
        partition.forward(messages, arguments);
      }
    }
  }

  private final ComponentContext context;
  private final Supplier<Arguments> arguments;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Job> waiting = new ArrayDeque<>();
  private final Thread thread;
  private @Nullable Partition current;
  private boolean closing;

  /// @param arguments the present ones
  Forwarder(ComponentContext context, Supplier<Arguments> arguments) {
    this.context = context;
    this.arguments = arguments;
    thread = Thread.ofPlatform().name(context.id() + "/forward").start(this::run);
  }

  private void run() {
    Job job = next();
    while (job != null) {
      try {
        job.run(arguments.get());
      } catch (InterruptedException e) {
        // Withdrawn; its delivery has failed.
      } catch (RuntimeException e) {
        context.log().atError().setCause(e).log("a receiver failed; messages are read again");
      } finally {
        finished();
      }
      job = next();
    }
  }

  private @Nullable Job next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closing) {
        changed.awaitUninterruptibly();
      }
      Job job = waiting.poll();
      current = job == null ? null : job.partition();
      return job;
    } finally {
      lock.unlock();
    }
  }

  private void finished() {
    lock.lock();
    try {
      current = null;
      // One that came too late must not hit the next job.
      boolean _ = Thread.interrupted();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Takes messages of a partition to pass on.
  void submit(Partition partition, List<ConsumerRecord<byte[], byte[]>> messages) {
    lock.lock();
    try {
      waiting.add(new Job(partition, messages));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until all is passed on.
  ///
  /// @return false when it was not in time
  boolean awaitIdle(long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while (left > 0 && !isIdle()) {
        left = changed.awaitNanos(left);
      }
      return isIdle();
    } finally {
      lock.unlock();
    }
  }

  private boolean isIdle() {
    return current == null && waiting.isEmpty();
  }

  /// Gives up what waits for these partitions and closes their lanes. What is being passed on may
  /// end until the deadline and is interrupted then.
  ///
  /// @param deadline of `System.nanoTime`
  void withdraw(Collection<Partition> partitions, long deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      waiting.removeIf(job -> partitions.contains(job.partition()));
      partitions.forEach(partition -> waiting.addFirst(new Job(partition, null)));
      changed.signalAll();
      while (worksFor(partitions)) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          thread.interrupt();
        }
        long _ = changed.awaitNanos(left <= 0 ? INTERRUPT_EVERY : left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean worksFor(Collection<Partition> partitions) {
    return (current != null && partitions.contains(current))
        || waiting.stream().anyMatch(job -> partitions.contains(job.partition()));
  }

  /// Ends the thread; what waits is given up.
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      waiting.removeIf(job -> job.messages() != null);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    Joining.join(thread);
  }
}
