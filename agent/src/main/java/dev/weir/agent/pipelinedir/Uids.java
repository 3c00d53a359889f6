package dev.weir.agent.pipelinedir;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Which pipeline owns which state on disk: one at a time. Thread-safe.
final class Uids {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final Map<String, Pipeline> owners = new HashMap<>();

  /// Makes a pipeline the owner. Waits for one that is being stopped.
  ///
  /// @return null, or the owner that stays
  @Nullable Pipeline take(String uid, Pipeline by) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Pipeline owner = owners.putIfAbsent(uid, by);
        if (owner == null || owner.equals(by)) {
          return null;
        }
        if (!owner.isLeaving()) {
          return owner;
        }
        released.await();
      }
    } finally {
      lock.unlock();
    }
  }

  void release(String uid, Pipeline by) {
    lock.lock();
    try {
      owners.remove(uid, by);
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Those that have an owner.
  Set<String> taken() {
    lock.lock();
    try {
      return Set.copyOf(owners.keySet());
    } finally {
      lock.unlock();
    }
  }
}
