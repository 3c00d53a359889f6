package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Extracted;
import dev.weir.agent.loki.TextCache;
import dev.weir.agent.loki.jsonfile.JsonFileRecord;
import dev.weir.agent.timelayout.Rfc3339;
import org.jspecify.annotations.Nullable;

/// `stage.docker`: takes the line, stream and time out of the envelope that Docker's json-file
/// driver writes.
///
/// Text that is no such envelope passes as it is. That is also how it does no harm behind
/// `loki.source.docker`, whose entries come without envelope.
final class DockerStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>("docker", Arguments.class, (arguments, context) -> new DockerStage());

  /// None.
  record Arguments() {}

  private static final byte[] LOG = {'l', 'o', 'g'};
  private static final byte[] STREAM = {'s', 't', 'r', 'e', 'a', 'm'};
  private static final byte[] TIME = {'t', 'i', 'm', 'e'};

  private final JsonFileRecord record = new JsonFileRecord();
  private final JsonCursor json = new JsonCursor();
  private final TextCache texts = new TextCache();
  private final Slice line = new Slice();
  private final Slice stream = new Slice();
  private final Slice time = new Slice();

  /// The inside of a JSON string where it stands.
  private static final class Slice {
    int offset;
    int length;
    boolean escaped;

    void clear() {
      offset = 0;
      length = 0;
      escaped = false;
    }

    void take(JsonCursor json) {
      offset = json.stringOffset();
      length = json.stringLength();
      escaped = json.stringEscaped();
    }
  }

  private DockerStage() {}

  @Override
  public void process(Entry entry, Output out) {
    if (entry.length() > 0
        && entry.buffer()[entry.offset()] == '{'
        && !takeDockersShape(entry)
        && read(entry)
        && line.length > 0) {
      apply(entry);
    }
    out.emit(entry);
  }

  /// Does what [#read] and [#apply] do with a record of exactly the shape that Docker writes, in a
  /// fraction of the time.
  private boolean takeDockersShape(Entry entry) {
    byte[] envelope = entry.buffer();
    int offset = entry.offset();
    int length = entry.length();
    if (envelope.length - offset - length < JsonFileRecord.SLACK) {
      return false;
    }
    Batch batch = entry.batch();
    int start = batch.reserve(length);
    byte[] text = batch.scratch();
    if (!record.copy(envelope, offset, length, text, start) || record.textEnd() == start) {
      batch.giveBack(start);
      return false;
    }
    batch.giveBack(record.textEnd());
    entry.line(text, start, record.textEnd() - start);
    entry.timestamp(record.timestamp());
    Extracted extracted = entry.extracted();
    extracted.putBytes("output", text, start, record.textEnd() - start);
    extracted.putBytes(
        "timestamp", envelope, record.timeStart(), record.timeEnd() - record.timeStart());
    String name = record.stderr() ? "stderr" : "stdout";
    extracted.put("stream", name);
    entry.labels(entry.labels().with("stream", name));
    return true;
  }

  private boolean read(Entry entry) {
    line.clear();
    stream.clear();
    time.clear();
    json.start(entry.buffer(), entry.offset(), entry.length());
    if (!json.enterObject()) {
      return false;
    }
    while (json.nextField()) {
      Slice wanted = wanted();
      if (wanted == null) {
        json.skipValue();
      } else if (json.string()) {
        wanted.take(json);
      } else {
        return false;
      }
    }
    return json.atEnd();
  }

  private @Nullable Slice wanted() {
    if (json.stringIs(LOG)) {
      return line;
    }
    if (json.stringIs(STREAM)) {
      return stream;
    }
    return json.stringIs(TIME) ? time : null;
  }

  private void apply(Entry entry) {
    byte[] envelope = entry.buffer();
    Extracted extracted = entry.extracted();
    if (line.escaped) {
      JsonText.unescapeInto(entry, line.offset, line.length);
    } else {
      entry.line(envelope, line.offset, line.length);
    }
    extracted.putBytes("output", entry.buffer(), entry.offset(), entry.length());
    extracted.putBytes("timestamp", envelope, time.offset, time.length);
    String name = texts.text(envelope, stream.offset, stream.length);
    extracted.put("stream", name);
    entry.labels(entry.labels().with("stream", name));
    long nanos = Rfc3339.parse(envelope, time.offset, time.length);
    if (nanos != Rfc3339.NONE) {
      entry.timestamp(nanos);
    }
  }
}
