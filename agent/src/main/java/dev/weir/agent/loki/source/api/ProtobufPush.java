package dev.weir.agent.loki.source.api;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.weir.agent.loki.Metadata;
import java.io.IOException;
import java.util.Arrays;

/// Reads the protobuf form of a push. Lines stay where they are in its bytes.
final class ProtobufPush {
  private static final int STREAMS = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int LABELS = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int ENTRIES = 2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int TIMESTAMP = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int LINE = 2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int METADATA = 3 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int SECONDS = 1 << 3;
  private static final int NANOS = 2 << 3;
  private static final int NAME = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int VALUE = 2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final String[] NO_PAIRS = {};

  private final byte[] push;
  private final int length;
  private final PushSink sink;
  private final CodedInputStream in;

  private ProtobufPush(byte[] push, int length, PushSink sink) {
    this.push = push;
    this.length = length;
    this.sink = sink;
    this.in = CodedInputStream.newInstance(push, 0, length);
  }

  /// Reads the first bytes of an array.
  ///
  /// @throws MalformedPush when they are no push; some of it may have gone to the sink
  static void read(byte[] push, int length, PushSink sink)
      throws MalformedPush, InterruptedException {
    try {
      new ProtobufPush(push, length, sink).push();
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedPush("proto: " + e.getMessage());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void push() throws IOException, MalformedPush, InterruptedException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == STREAMS) {
        stream();
      } else {
        skip(tag);
      }
    }
  }

  private void stream() throws IOException, MalformedPush, InterruptedException {
    int limit = in.pushLimit(in.readRawVarint32());
    sink.stream(labels(in.getTotalBytesRead(), in.getBytesUntilLimit()));
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == ENTRIES) {
        entry();
      } else {
        skip(tag);
      }
    }
    in.popLimit(limit);
  }

  /// The labels of a stream, wherever among its fields they are.
  private String labels(int offset, int size) throws IOException, MalformedPush {
    if (size < 0 || size > length - offset) {
      throw new MalformedPush("proto: unexpected end");
    }
    var fields = CodedInputStream.newInstance(push, offset, size);
    for (int tag = fields.readTag(); tag != 0; tag = fields.readTag()) {
      if (tag == LABELS) {
        return fields.readString();
      }
      if (!fields.skipField(tag)) {
        throw new MalformedPush("proto: unexpected end of group");
      }
    }
    return "";
  }

  private void entry() throws IOException, MalformedPush, InterruptedException {
    int limit = in.pushLimit(in.readRawVarint32());
    long timestamp = 0;
    int offset = 0;
    int size = 0;
    String[] pairs = NO_PAIRS;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case TIMESTAMP -> timestamp = timestamp();
        case LINE -> {
          size = in.readRawVarint32();
          offset = in.getTotalBytesRead();
          in.skipRawBytes(size);
        }
        case METADATA -> pairs = withPair(pairs);
        default -> skip(tag);
      }
    }
    in.popLimit(limit);
    sink.entry(timestamp, push, offset, size, Metadata.of(pairs));
  }

  private long timestamp() throws IOException, MalformedPush {
    int limit = in.pushLimit(in.readRawVarint32());
    long seconds = 0;
    int nanos = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case SECONDS -> seconds = in.readInt64();
        case NANOS -> nanos = in.readInt32();
        default -> skip(tag);
      }
    }
    in.popLimit(limit);
    try {
      return Math.addExact(Math.multiplyExact(seconds, 1_000_000_000L), nanos);
    } catch (ArithmeticException e) {
      throw new MalformedPush("proto: timestamp out of range");
    }
  }

  private String[] withPair(String[] pairs) throws IOException, MalformedPush {
    int limit = in.pushLimit(in.readRawVarint32());
    String[] longer = Arrays.copyOf(pairs, pairs.length + 2);
    longer[pairs.length] = "";
    longer[pairs.length + 1] = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case NAME -> longer[pairs.length] = in.readString();
        case VALUE -> longer[pairs.length + 1] = in.readString();
        default -> skip(tag);
      }
    }
    in.popLimit(limit);
    return longer;
  }

  private void skip(int tag) throws IOException, MalformedPush {
    if (!in.skipField(tag)) {
      throw new MalformedPush("proto: unexpected end of group");
    }
  }
}
