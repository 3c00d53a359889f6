package dev.weir.agent.loki.source.docker;

import dev.weir.agent.component.Joining;
import dev.weir.agent.docker.ContainerDetails;
import dev.weir.agent.docker.Engine;
import dev.weir.agent.docker.EngineException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Asks the Engine about containers, several at a time; the answers come to the [Collector]'s
/// inbox.
///
/// An Engine takes its time: while it starts or ends a container it does not answer questions about
/// it, for a second under load. Whoever waited for one answer would be late for the next container.
///
/// Asked by the collector's thread only.
final class Inquiries implements AutoCloseable {
  private static final int AT_ONCE = 16;

  private final Engine engine;
  private final Queue<Signal> inbox;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  Inquiries(Engine engine, Queue<Signal> inbox) {
    this.engine = engine;
    this.inbox = inbox;
  }

  /// Asks; [Signal.Answered] comes in any case, unless this is closed before.
  void ask(String id, Inquiry inquiry) {
    Thread thread = Thread.ofVirtual().name("docker-inquiry").unstarted(() -> inquire(id, inquiry));
    threads.add(thread);
    thread.start();
  }

  private void inquire(String id, Inquiry inquiry) {
    ContainerDetails details = null;
    EngineException problem = null;
    try {
      free.acquire();
      try {
        details = engine.container(id);
      } catch (EngineException e) {
        problem = e;
      } finally {
        free.release();
      }
      answer(id, inquiry, details, problem);
    } catch (InterruptedException e) {
      // Its owner wants it to end.
    } finally {
      threads.remove(Thread.currentThread());
    }
  }

  private void answer(
      String id,
      Inquiry inquiry,
      @Nullable ContainerDetails details,
      @Nullable EngineException problem) {
    inbox.add(new Signal.Answered(id, inquiry, details, problem));
  }

  /// Asks no more, and waits for those who ask to give up.
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    threads.forEach(Joining::join);
  }
}
