package dev.weir.agent.loki.source.docker;

import dev.weir.agent.docker.ContainerDetails;
import dev.weir.agent.docker.EngineException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The containers that were heard of and are not collected yet. Belongs to the [Collector]'s thread
/// and never waits.
final class Newcomers {
  private final Inquiries inquiries;
  private final NewLogs logs;
  private final Consumer<Newcomer> ready;
  private final Map<String, Newcomer> all = new HashMap<>();

  /// @param ready takes those that are to be collected
  Newcomers(Inquiries inquiries, NewLogs logs, Consumer<Newcomer> ready) {
    this.inquiries = inquiries;
    this.logs = logs;
    this.ready = ready;
  }

  boolean contains(String id) {
    return all.containsKey(id);
  }

  /// Hears of a container and asks what it is.
  Newcomer hear(ContainerDetails guess) {
    Newcomer newcomer = all.computeIfAbsent(guess.id(), id -> new Newcomer(id, guess));
    ask(newcomer);
    return newcomer;
  }

  private void ask(Newcomer newcomer) {
    if (!newcomer.asked && newcomer.details == null) {
      newcomer.asked = true;
      inquiries.ask(newcomer.id, Inquiry.Introduction.WHAT);
    }
  }

  /// It has just started: its log is opened at once, in case it is gone before the Engine answers.
  ///
  /// @param watched whether that is news, not something remembered from before
  void started(ContainerDetails guess, boolean watched) {
    Newcomer newcomer = hear(guess);
    newcomer.guess = guess;
    newcomer.started |= watched;
    newcomer.ended = false;
    if (newcomer.details == null && newcomer.log == null) {
      newcomer.log = logs.grab(newcomer.id);
    }
    due(newcomer);
  }

  /// It runs, and may have for long; its file is opened at once, too.
  void runs(ContainerDetails guess) {
    Newcomer newcomer = hear(guess);
    newcomer.started = true;
    if (newcomer.details == null && newcomer.log == null) {
      newcomer.log = logs.grabFile(newcomer.id);
    }
    due(newcomer);
  }

  /// It is to be collected.
  void due(ContainerDetails guess) {
    due(hear(guess));
  }

  /// It is to be collected, and this is what it is.
  void due(String id, ContainerDetails details) {
    Newcomer newcomer = all.computeIfAbsent(id, _ -> new Newcomer(id, details));
    newcomer.details = details;
    due(newcomer);
  }

  private void due(Newcomer newcomer) {
    newcomer.due = true;
    if (newcomer.details != null) {
      begin(newcomer);
    }
  }

  private void begin(Newcomer newcomer) {
    all.remove(newcomer.id);
    takeHeld(newcomer);
    ready.accept(newcomer);
    newcomer.drop();
  }

  private void takeHeld(Newcomer newcomer) {
    Grabbed held = logs.held(newcomer.id);
    if (held != null) {
      newcomer.drop();
      newcomer.log = held;
    }
  }

  void died(String id) {
    Newcomer newcomer = all.get(id);
    if (newcomer != null) {
      newcomer.ended = true;
    }
  }

  void destroyed(String id) {
    Newcomer newcomer = all.get(id);
    if (newcomer != null) {
      newcomer.gone = true;
      if (!newcomer.due) {
        remove(newcomer);
      }
    }
  }

  /// The Engine has answered what a container is, or has not.
  void answered(String id, @Nullable ContainerDetails details, @Nullable EngineException problem) {
    Newcomer newcomer = all.get(id);
    if (newcomer == null) {
      return;
    }
    newcomer.asked = false;
    newcomer.details = details;
    boolean unreachable = problem != null && !problem.answered();
    if (unreachable) {
      return;
    }
    if (details == null) {
      takeHeld(newcomer);
    }
    if (newcomer.due && (details != null || newcomer.started || newcomer.log != null)) {
      begin(newcomer);
    } else if (details == null) {
      remove(newcomer);
    }
  }

  /// Asks again where the Engine could not be reached, and forgets what does not exist.
  void listed(Set<String> existing) {
    for (Newcomer newcomer : List.copyOf(all.values())) {
      newcomer.gone |= !existing.contains(newcomer.id);
      if (newcomer.gone && !newcomer.due) {
        remove(newcomer);
      } else {
        ask(newcomer);
      }
    }
  }

  /// Forgets those that are not wanted.
  void retainIf(Predicate<String> isWanted) {
    for (Newcomer newcomer : List.copyOf(all.values())) {
      if (!isWanted.test(newcomer.id)) {
        remove(newcomer);
      }
    }
  }

  private void remove(Newcomer newcomer) {
    all.remove(newcomer.id);
    newcomer.drop();
  }
}
