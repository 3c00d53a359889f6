package dev.weir.agent.loki.source.journal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.source.journal.LokiSourceJournal.Arguments;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes entries of what is in a journal. Belongs to the thread that reads it.
final class EntryReader implements Journal.Fields {
  private static final byte[] MESSAGE = "MESSAGE=".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_NAME = 64;

  private final boolean json;
  private final JournalLabels labels;
  private final JournalCounts counts;
  private final SortedMap<String, String> fields = new TreeMap<>();
  private final byte[] name = new byte[LONGEST_NAME + 1];
  private byte[] message = new byte[4096];
  private int messageLength;

  EntryReader(Arguments arguments, String id, JournalCounts counts) {
    this.json = arguments.formatAsJson();
    this.labels = new JournalLabels(arguments, id);
    this.counts = counts;
  }

  /// Adds the present entry to a batch, or counts why it cannot be one.
  ///
  /// @return bytes of text
  int read(Journal journal, Batch batch) throws IOException {
    messageLength = -1;
    fields.clear();
    labels.clear();
    journal.fields(this);
    byte[] text = message;
    int length = messageLength;
    if (json) {
      text = FieldsJson.of(fields).getBytes(StandardCharsets.UTF_8);
      length = text.length;
    }
    if (length < 0) {
      counts.noMessage();
      return 0;
    }
    Optional<Labels> kept = labels.labels();
    if (kept.isEmpty()) {
      counts.noLabels();
      return 0;
    }
    int at = batch.reserve(length);
    System.arraycopy(text, 0, batch.scratch(), at, length);
    Entry entry = batch.add();
    entry.line(batch.scratch(), at, length);
    entry.timestamp(journal.realtime() * 1000);
    entry.labels(kept.get());
    return length;
  }

  @Override
  public void field(MemorySegment field) {
    if (isMessage(field)) {
      messageLength = (int) field.byteSize() - MESSAGE.length;
      if (message.length < messageLength) {
        message = new byte[Math.max(messageLength, 2 * message.length)];
      }
      Journal.copy(field, MESSAGE.length, message, 0);
    }
    if (json || labels.readFields()) {
      named(field);
    }
  }

  private static boolean isMessage(MemorySegment field) {
    if (field.byteSize() < MESSAGE.length) {
      return false;
    }
    for (int i = 0; i < MESSAGE.length; i++) {
      if (field.get(JAVA_BYTE, i) != MESSAGE[i]) {
        return false;
      }
    }
    return true;
  }

  private void named(MemorySegment field) {
    int length = 0;
    while (length < name.length && length < field.byteSize()) {
      byte c = field.get(JAVA_BYTE, length);
      if (c == '=') {
        var bytes = new byte[(int) field.byteSize() - length - 1];
        Journal.copy(field, length + 1L, bytes, 0);
        String key = new String(name, 0, length, StandardCharsets.US_ASCII);
        String value = new String(bytes, StandardCharsets.UTF_8);
        labels.field(key, value);
        if (json) {
          fields.put(key, value);
        }
        return;
      }
      name[length++] = c;
    }
  }
}
