package dev.weir.agent.faults.kit;

import static org.awaitility.Awaitility.await;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.sandbox.Sandbox;
import dev.weir.agent.sandbox.StoredEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// What producers have written and a Loki owes: compared line by line with what has arrived.
///
/// Belongs to the thread of its test.
public final class Ledger {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int MOST_EXAMPLES = 5;
  private static final int LONGEST_EXAMPLE = 120;

  private record Account(NumberedLines lines, long count, BitSet seen) {}

  private final Map<String, Account> accounts = new LinkedHashMap<>();

  /// Owes the lines 0 to `count` of a producer.
  public Ledger owe(NumberedLines lines, long count) {
    accounts.put(lines.producer(), new Account(lines, count, new BitSet()));
    return this;
  }

  /// Owes what a load has written, once it has stopped.
  public Ledger owe(Load load) {
    return owe(load.lines(), load.stop());
  }

  /// How many lines are owed.
  public long owed() {
    return accounts.values().stream().mapToLong(Account::count).sum();
  }

  /// Waits until as many lines have arrived as are owed; gives up once none has come for long.
  public Verdict awaitAndCheck(Sandbox sink) {
    awaitStored(sink, owed());
    return check(sink);
  }

  /// Waits until that many entries have arrived, or none has come for long.
  public static void awaitStored(Sandbox sink, long count) {
    var last = new AtomicLong(-1);
    var moved = new AtomicLong(System.nanoTime());
    await()
        .forever()
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          long now = sink.totals().stored();
          if (now != last.getAndSet(now)) {
            moved.set(System.nanoTime());
          }
          return now >= count || System.nanoTime() - moved.get() > PATIENCE.toNanos();
        });
  }

  /// Compares what is owed with what a Loki holds.
  ///
  /// @throws IllegalStateException if that could not hold it all
  public Verdict check(Sandbox sink) {
    if (sink.totals().evicted() > 0) {
      throw new IllegalStateException("the case writes more than its Loki has memory for");
    }
    return new Comparison().of(sink.arrivedAfter(-1));
  }

  /// One look at all entries in the order of their arrival.
  private final class Comparison {
    private final Map<Labels, Map<String, Long>> latest = new HashMap<>();
    private final List<String> examples = new ArrayList<>();
    private long repeated;
    private long doubled;
    private long altered;
    private long foreign;
    private long disordered;

    Verdict of(List<StoredEntry> entries) {
      accounts.values().forEach(account -> account.seen().clear());
      entries.forEach(this::look);
      long lost = 0;
      for (Account account : accounts.values()) {
        long missing = account.count() - account.seen().cardinality();
        lost += missing;
        if (missing > 0) {
          example("lost " + account.lines().producer(), firstMissing(account));
        }
      }
      return new Verdict(
          owed(), lost, repeated, doubled, altered, foreign, disordered, List.copyOf(examples));
    }

    private static String firstMissing(Account account) {
      return missing(account) + " of " + account.count();
    }

    private static String missing(Account account) {
      int from = account.seen().nextClearBit(0);
      int to = account.seen().nextSetBit(from);
      return from + ".." + (to < 0 ? account.count() : to);
    }

    private void look(StoredEntry entry) {
      repeated += entry.pushes() - 1;
      NumberedLines.Id id = NumberedLines.read(entry.line()).orElse(null);
      Account account = id == null ? null : accounts.get(id.producer());
      if (id == null || account == null || id.number() >= account.count()) {
        foreign++;
        example("foreign", entry.line());
      } else if (!account.lines().line(id.number()).equals(entry.line())) {
        altered++;
        example("altered", entry.line());
      } else if (account.seen().get((int) id.number())) {
        doubled++;
        example("doubled", entry.labels() + " " + entry.timestamp() + " " + entry.line());
      } else {
        account.seen().set((int) id.number());
        order(entry, id);
      }
    }

    private void order(StoredEntry entry, NumberedLines.Id id) {
      Map<String, Long> stream = latest.computeIfAbsent(entry.labels(), _ -> new HashMap<>());
      long before = stream.getOrDefault(id.producer(), -1L);
      if (id.number() < before) {
        disordered++;
        example("disordered behind " + before, entry.line());
      } else {
        stream.put(id.producer(), id.number());
      }
    }

    private void example(String what, String text) {
      if (examples.size() < MOST_EXAMPLES) {
        String shown =
            text.length() > LONGEST_EXAMPLE ? text.substring(0, LONGEST_EXAMPLE) + "..." : text;
        examples.add(what + ": " + shown);
      }
    }
  }
}
