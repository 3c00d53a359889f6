package dev.weir.agent.pipelinedir;

import dev.weir.agent.pipelinedir.Listing.Found;
import dev.weir.agent.pipelinedir.PipelineStatus.Problem;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.runtime.Module;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One file of the directory, and what has become of it. All work is done on a thread of its own,
/// which lives as long as there is some: whatever a file makes it do, the others do not wait.
///
/// Thread-safe.
final class Pipeline {
  private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

  private final String id;
  private final PipelineHost host;
  private final Outputs outputs = new Outputs();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final RetrySchedule retries = new RetrySchedule();
  private @Nullable Wanted pending;
  private @Nullable Thread worker;
  private @Nullable Wanted last;
  private boolean leaving;
  private boolean ended;
  private volatile Situation situation = Situation.NEW;

  /// What is to be done.
  ///
  /// @param again also when the text is the same as before
  private record Wanted(String file, Found found, boolean again) {}

  /// @param id the file's name without its endings
  Pipeline(String id, PipelineHost host) {
    this.id = id;
    this.host = host;
  }

  String id() {
    return id;
  }

  /// Looks at the file, unless it is as it was when it was last looked at.
  ///
  /// @param doubtful to look all the same
  void offer(String file, Found found, boolean doubtful) {
    lock.lock();
    try {
      Wanted before = last;
      if (doubtful
          || before == null
          || !before.file.equals(file)
          || !found.isAsBefore(before.found)) {
        want(new Wanted(file, found, false));
      }
    } finally {
      lock.unlock();
    }
  }

  /// Tries again what has failed, when it is time.
  void retryIfDue(long now) {
    lock.lock();
    try {
      if (retries.takeIfDue(now)) {
        repeat();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Tries again what has failed, now.
  void retry() {
    lock.lock();
    try {
      if (retries.isWaiting()) {
        retries.shorten();
        repeat();
      }
    } finally {
      lock.unlock();
    }
  }

  private void repeat() {
    Wanted known = last;
    if (known != null && pending == null) {
      want(new Wanted(known.file, known.found, true));
    }
  }

  /// Drains and stops it: its file is gone.
  void leave() {
    lock.lock();
    try {
      leaving = true;
      pending = null;
      work();
    } finally {
      lock.unlock();
    }
  }

  boolean isLeaving() {
    lock.lock();
    try {
      return leaving;
    } finally {
      lock.unlock();
    }
  }

  /// Whether it has left and been stopped.
  boolean hasLeft() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is nothing to do.
  ///
  /// @return whether that is so
  boolean awaitIdle(long deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (worker != null) {
        if (!idle.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return false;
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Stops it with the agent, on the caller's thread. A second call makes the first end at once.
  void stop() throws InterruptedException {
    Thread working;
    lock.lockInterruptibly();
    try {
      ended = true;
      pending = null;
      working = worker;
    } finally {
      lock.unlock();
    }
    if (working != null) {
      working.interrupt();
      working.join();
    }
    Running running = situation.running();
    if (running != null) {
      running.module().stop();
    }
  }

  private void want(Wanted next) {
    if (!leaving) {
      pending = next;
      last = next;
      work();
    }
  }

  private void work() {
    if (worker == null && !ended) {
      worker = Thread.ofVirtual().name("pipeline-" + id).start(this::run);
    }
  }

  private void run() {
    boolean dropped = false;
    try {
      for (Wanted next = next(); next != null; next = next()) {
        load(next);
      }
      if (isLeaving()) {
        drop();
        dropped = true;
      }
    } catch (InterruptedException e) {
      // The agent stops; whoever interrupted goes on from here.
    } finally {
      lock.lock();
      try {
        worker = null;
        ended |= dropped;
        idle.signalAll();
        if (pending != null || leaving) {
          work();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private @Nullable Wanted next() {
    lock.lock();
    try {
      Wanted next = pending;
      pending = null;
      return ended ? null : next;
    } finally {
      lock.unlock();
    }
  }

  private void load(Wanted wanted) throws InterruptedException {
    String hash = "";
    try {
      int limit = host.settings().maxFileBytes();
      PipelineFile file = PipelineFile.read(wanted.found.path(), wanted.file, limit);
      hash = file.hash();
      if (!wanted.again && hash.equals(situation.wantedHash())) {
        return;
      }
      put(PipelineText.parse(file.source(), host.settings()), hash, wanted.again);
      succeeded(wanted);
    } catch (IOException e) {
      failed(wanted, hash, new Problem(Scrub.clean(wanted.file + ": " + message(e)), 0, 0));
    } catch (DiagnosticsException | RuntimeException e) {
      failed(wanted, hash, Situation.problem(e));
    } catch (Error e) {
      // Whatever a text makes a component do, it must stay its own trouble.
      log.atError().addKeyValue("pipeline", id).setCause(e).log("a component is at fault");
      failed(wanted, hash, Situation.problem(e));
    }
  }

  private static String message(IOException e) {
    return e instanceof java.nio.file.NoSuchFileException ? "no such file" : e.getMessage() + "";
  }

  private void put(PipelineText text, String hash, boolean again)
      throws DiagnosticsException, InterruptedException {
    Running now = situation.running();
    if (now == null) {
      begin(text, hash);
    } else if (!now.hash().equals(hash) || again) {
      if (now.text().block().hasEnvelopeOf(text.block())) {
        now.module().put(text.body());
        inForce(new Running(now.module(), text, hash));
      } else {
        replace(now, text, hash);
      }
    } else {
      inForce(now);
    }
  }

  private void begin(PipelineText text, String hash)
      throws DiagnosticsException, InterruptedException {
    take(text);
    Module module = host.module(id, text);
    boolean begun = false;
    try {
      module.put(text.body());
      begun = true;
    } finally {
      if (!begun) {
        module.stop();
        host.uids().release(text.block().uid(), this);
      }
    }
    inForce(new Running(module, text, hash));
  }

  /// Components learn the envelope that they run in once: another one needs others.
  private void replace(Running now, PipelineText text, String hash)
      throws DiagnosticsException, InterruptedException {
    host.rehearse(id, text);
    take(text);
    now.module().stop();
    String before = now.text().block().uid();
    if (!before.equals(text.block().uid())) {
      host.uids().release(before, this);
    }
    situation = new Situation(hash, null, null);
    begin(text, hash);
  }

  private void take(PipelineText text) throws DiagnosticsException, InterruptedException {
    String uid = text.block().uid();
    Pipeline owner = host.uids().take(uid, this);
    if (owner != null) {
      throw new DiagnosticsException(
          Diagnostic.error(
              text.body().span(), "uid " + uid + " is that of pipeline " + owner.id + " too"));
    }
  }

  private void inForce(Running running) {
    situation = new Situation(running.hash(), running, null);
    outputs.of(running);
  }

  private void succeeded(Wanted wanted) {
    lock.lock();
    try {
      retries.succeeded();
    } finally {
      lock.unlock();
    }
    log.atDebug()
        .addKeyValue("file", wanted.file)
        .addKeyValue("hash", situation.wantedHash())
        .log("pipeline runs");
  }

  private void failed(Wanted wanted, String hash, Problem problem) {
    Situation before = situation;
    situation = before.refused(hash, problem);
    lock.lock();
    try {
      // What it lacks, such as a secret, may come without another change of the file.
      retries.failed(System.nanoTime());
    } finally {
      lock.unlock();
    }
    if (!problem.equals(before.problem())) {
      log.atError()
          .addKeyValue("file", wanted.file)
          .addKeyValue("line", problem.line())
          .addKeyValue("err", problem.message())
          .addKeyValue("state", situation.state().text())
          .log("pipeline refused");
    }
  }

  private void drop() throws InterruptedException {
    Running running = situation.running();
    if (running != null) {
      running.module().stop();
      host.uids().release(running.text().block().uid(), this);
      situation = Situation.NEW;
      log.atInfo().addKeyValue("pipeline", id).log("pipeline gone, stopped");
    }
  }

  /// Samples what its outputs have sent, for their rates, and looks whether a component has
  /// crashed.
  void sample(long now, Totals totals) {
    Running running = situation.running();
    if (running == null) {
      return;
    }
    outputs.sample(running, now, totals);
    if (outputs.hasCrashed()) {
      lock.lock();
      try {
        if (!retries.isWaiting()) {
          retries.failed(now);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  PipelineStatus status() {
    Wanted known;
    lock.lock();
    try {
      known = last;
    } finally {
      lock.unlock();
    }
    String file = known == null ? id + PipelineFile.PLAIN : known.file;
    return outputs.status(file, id, situation);
  }

  /// Whether there is anything to tell.
  boolean hasBeenTried() {
    return !situation.equals(Situation.NEW);
  }

  PipelineStatus.State state() {
    return situation.state();
  }

  /// What runs; null when nothing does.
  @Nullable Module module() {
    Running running = situation.running();
    return running == null ? null : running.module();
  }
}
