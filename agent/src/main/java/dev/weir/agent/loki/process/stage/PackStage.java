package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Slice;
import dev.weir.agent.river.eval.Default;
import java.time.Instant;
import java.util.List;

/// `stage.pack`: puts labels and other extracted values into the line, as a JSON object with the
/// old line as `_entry`, and takes the labels off the entry.
final class PackStage implements Stage {
  static final StageType<Arguments> TYPE = new StageType<>("pack", Arguments.class, PackStage::new);

  /// @param labels names of extracted values, which hold the labels of the pipeline's start
  /// @param ingestTimestamp whether the entry's time becomes that of packing
  record Arguments(List<String> labels, @Default("true") boolean ingestTimestamp) {
    Arguments {
      labels = List.copyOf(labels);
    }
  }

  private static final byte[] ENTRY = JsonWriter.quoted("_entry");

  private final String[] names;
  private final byte[][] quotedNames;
  private final boolean ingestTimestamp;
  private final StageContext context;
  private final Slice value = new Slice();
  private final JsonWriter json = new JsonWriter();

  private PackStage(Arguments arguments, StageContext context) {
    this.context = context;
    names = arguments.labels().stream().distinct().sorted().toArray(String[]::new);
    quotedNames = new byte[names.length][];
    for (int i = 0; i < names.length; i++) {
      quotedNames[i] = JsonWriter.quoted(names[i]);
    }
    ingestTimestamp = arguments.ingestTimestamp();
  }

  @Override
  public void process(Entry entry, Output out) {
    json.clear();
    json.raw('{');
    for (int i = 0; i < names.length; i++) {
      if (entry.extracted().read(names[i], value)) {
        json.raw(quotedNames[i]);
        json.raw(':');
        json.string(value.buffer(), value.offset(), value.length());
        json.raw(',');
        entry.labels(entry.labels().without(names[i]));
      }
    }
    json.raw(ENTRY);
    json.raw(':');
    json.string(entry.buffer(), entry.offset(), entry.length());
    json.raw('}');
    Batch batch = entry.batch();
    int at = batch.reserve(json.size());
    json.copyTo(batch.scratch(), at);
    entry.line(batch.scratch(), at, json.size());
    if (ingestTimestamp) {
      Instant now = context.clock().instant();
      entry.timestamp(now.getEpochSecond() * 1_000_000_000L + now.getNano());
    }
    out.emit(entry);
  }
}
