package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.metrics.AgentRegistry;
import dev.weir.agent.metrics.ComponentMetrics;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.eval.NamedBlock;
import dev.weir.agent.testkit.SeenEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stages running outside a component, with all that comes out of them.
final class RunningStages implements StageContext, Output {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Map<String, Integer> dropped = new TreeMap<>();
  private final List<SeenEntry> seen = new ArrayList<>();
  private final List<byte[]> rawLines = new ArrayList<>();
  private final List<Map<String, @Nullable Object>> extracted = new ArrayList<>();
  private final List<Delivery> adopted = new ArrayList<>();
  private final AgentRegistry registry = new AgentRegistry();
  private final ComponentMetrics metrics = new ComponentMetrics(registry, "loki.process.t", "/");
  private final StageChain chain;
  private final Batch batch = new Batch(new Lane("test"));
  private long nanos;

  private RunningStages(List<NamedBlock> blocks) {
    chain = new StageList(blocks, this).chain(this);
  }

  static RunningStages of(NamedBlock... blocks) {
    return new RunningStages(List.of(blocks));
  }

  /// Stages as a user writes them.
  static RunningStages river(String text) {
    try {
      return new RunningStages(StagesText.decode(text));
    } catch (DiagnosticsException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /// Runs a line without labels.
  SeenEntry run(String line) {
    return run(line, entry -> {});
  }

  /// Runs a line and returns the last entry that came out.
  SeenEntry run(String line, Consumer<Entry> more) {
    send(line, more);
    return seen.getLast();
  }

  /// Runs a line, whatever comes out.
  void send(String line, Consumer<Entry> more) {
    Entry entry = batch.add();
    entry.line(line);
    more.accept(entry);
    entry.extracted();
    chain.process(entry);
  }

  static Consumer<Entry> labels(String... pairs) {
    return entry -> entry.labels(Labels.of(pairs));
  }

  static Consumer<Entry> origin(Map<String, String> origin) {
    return entry -> entry.origin(origin);
  }

  void deliveries(Delivery delivery) {
    batch.delivery(delivery);
  }

  /// Lets time pass, and the stages release what is due.
  void later(Duration time) {
    nanos += time.toNanos();
    chain.flush(nanos);
  }

  /// Lets the stages release what they hold.
  void finish() {
    chain.finish();
  }

  List<SeenEntry> seen() {
    return seen;
  }

  List<String> lines() {
    return seen.stream().map(SeenEntry::line).toList();
  }

  /// Every line byte for byte.
  List<byte[]> rawLines() {
    return rawLines;
  }

  /// What was extracted from every entry.
  List<Map<String, @Nullable Object>> allExtracted() {
    return extracted;
  }

  /// What was extracted from the last entry that came out.
  Map<String, @Nullable Object> extracted() {
    return extracted.getLast();
  }

  List<Delivery> adopted() {
    return adopted;
  }

  /// Dropped entries by reason.
  Map<String, Integer> dropped() {
    return dropped;
  }

  AgentRegistry registry() {
    return registry;
  }

  double counted(String name) {
    return registry.get(name).counter().count();
  }

  @Override
  public void emit(Entry entry) {
    seen.add(SeenEntry.of(entry));
    int end = entry.offset() + entry.length();
    rawLines.add(Arrays.copyOfRange(entry.buffer(), entry.offset(), end));
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    entry.extracted().forEach(values::put);
    extracted.add(values);
  }

  @Override
  public void adopt(Delivery held) {
    adopted.add(held);
  }

  @Override
  public Entry fresh() {
    return batch.add();
  }

  @Override
  public Logger log() {
    return LoggerFactory.getLogger(RunningStages.class);
  }

  @Override
  public InstantSource clock() {
    return () -> NOW.plusNanos(nanos);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public void pause(long time) {
    nanos += time;
  }

  @Override
  public void hurry() {}

  @Override
  public ComponentMetrics metrics() {
    return metrics;
  }

  @Override
  public void dropped(String reason, int entries) {
    dropped.merge(reason, entries, Integer::sum);
  }

  @Override
  public <T> T shared(Supplier<T> first) {
    throw new UnsupportedOperationException();
  }
}
