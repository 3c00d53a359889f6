package dev.weir.agent.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops nodes, each once all that refer to it have ended: a source first, then what it feeds, so
/// that what is on its way still arrives. Nodes that do not wait for one another stop at once.
///
/// The time there is to drain is one for all of them: what a source has waited for, what it feeds
/// has no more of. Else a stop would take the time of every step of the longest chain.
///
/// Used once. [#hurry] may be called by any thread.
final class StopOrder {
  private static final Logger log = LoggerFactory.getLogger(StopOrder.class);

  /// What a component gets beyond the time that it may spend on draining.
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Duration drain;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, CountDownLatch> ended = new LinkedHashMap<>();
  private final Map<String, List<String>> referrers = new LinkedHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean hurried;
  private long begin;

  /// @param drain how long they may wait for confirmations, all together
  StopOrder(Collection<Node> all, Duration drain) {
    this.drain = drain;
    for (Node node : all) {
      node.close();
      nodes.put(node.id(), node);
      ended.put(node.id(), new CountDownLatch(1));
    }
    Dependencies references = references();
    // Arguments that a failed evaluation kept may refer in a circle with new ones: then nobody
    // waits.
    for (String id : references.order()) {
      references
          .references()
          .getOrDefault(id, Set.of())
          .forEach(target -> referrers.computeIfAbsent(target, _ -> new ArrayList<>()).add(id));
    }
  }

  /// Stops them all and returns when all have ended or have used up their time.
  void run() throws InterruptedException {
    start();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException impatient) {
      hurry();
      throw impatient;
    }
  }

  /// Interrupts every component at once and waits for none.
  synchronized void hurry() {
    hurried = true;
    threads.forEach(Thread::interrupt);
  }

  private synchronized void start() {
    begin = System.nanoTime();
    for (Node node : nodes.values()) {
      Thread thread = Thread.ofVirtual().name("stop-" + node.id()).unstarted(() -> stop(node));
      threads.add(thread);
      thread.start();
      if (hurried) {
        thread.interrupt();
      }
    }
  }

  private void stop(Node node) {
    try {
      awaitReferrers(node.id());
      Duration left = left();
      stop(node, left, left.plus(GRACE));
    } catch (InterruptedException hurry) {
      stopAtOnce(node);
    } finally {
      ended.getOrDefault(node.id(), new CountDownLatch(0)).countDown();
    }
  }

  private synchronized Duration left() {
    Duration left = drain.minusNanos(System.nanoTime() - begin);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private void awaitReferrers(String id) throws InterruptedException {
    for (String referrer : referrers.getOrDefault(id, List.of())) {
      CountDownLatch end = ended.get(referrer);
      if (end != null) {
        end.await();
      }
    }
  }

  private static void stopAtOnce(Node node) {
    try {
      stop(node, Duration.ZERO, Duration.ZERO);
    } catch (InterruptedException again) {
      log.atDebug().addKeyValue("node_id", node.id()).log("stopped in a hurry");
    }
  }

  /// Stops a node that is left to end alone after `limit`.
  private static void stop(Node node, Duration drain, Duration limit) throws InterruptedException {
    ComponentHost<?> component = node.component().orElse(null);
    if (component != null) {
      component.stop(drain, limit);
    }
  }

  private Dependencies references() {
    Map<String, Set<String>> references = new LinkedHashMap<>();
    nodes.forEach((id, node) -> references.put(id, targets(node)));
    return new Dependencies(references);
  }

  private Set<String> targets(Node node) {
    Set<Node> targets = new LinkedHashSet<>(node.inForce());
    targets.addAll(node.dependencies());
    return targets.stream()
        .map(Node::id)
        .filter(nodes::containsKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
