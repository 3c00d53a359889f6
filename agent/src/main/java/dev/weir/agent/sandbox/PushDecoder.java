package dev.weir.agent.sandbox;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads the protobuf form of a push, strictly: what is not a push is an error.
final class PushDecoder {
  private static final int STREAMS = 1;
  private static final int LABELS = 1;
  private static final int ENTRIES = 2;
  private static final int TIMESTAMP = 1;
  private static final int LINE = 2;
  private static final int METADATA = 3;

  private final CodedInputStream in;

  private PushDecoder(CodedInputStream in) {
    this.in = in;
  }

  /// The streams of a push.
  ///
  /// @throws BadRequest if the bytes are no push, or labels are no label set
  static List<PushedStream> decode(byte[] body) throws BadRequest {
    try {
      return new PushDecoder(CodedInputStream.newInstance(body)).push();
    } catch (IOException e) {
      throw new BadRequest("proto: " + e.getMessage());
    }
  }

  private interface Field {
    /// Reads a field, or returns false for one it does not know.
    boolean read(int number) throws IOException, BadRequest;
  }

  private void fields(Field field) throws IOException, BadRequest {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      boolean known =
          WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
              && field.read(WireFormat.getTagFieldNumber(tag));
      if (!known) {
        in.skipField(tag);
      }
    }
  }

  private void message(Field field) throws IOException, BadRequest {
    int limit = in.pushLimit(in.readRawVarint32());
    fields(field);
    in.popLimit(limit);
  }

  private List<PushedStream> push() throws IOException, BadRequest {
    List<PushedStream> streams = new ArrayList<>();
    fields(number -> {
      if (number == STREAMS) {
        streams.add(stream());
      }
      return number == STREAMS;
    });
    return streams;
  }

  private PushedStream stream() throws IOException, BadRequest {
    var labels = new String[] {""};
    List<PushedEntry> entries = new ArrayList<>();
    message(number -> {
      switch (number) {
        case LABELS -> labels[0] = in.readString();
        case ENTRIES -> entries.add(entry());
        default -> {
          return false;
        }
      }
      return true;
    });
    return new PushedStream(LabelsText.parse(labels[0]), entries);
  }

  private PushedEntry entry() throws IOException, BadRequest {
    var timestamp = new long[1];
    var line = new byte[1][0];
    List<String> metadata = new ArrayList<>();
    message(number -> {
      switch (number) {
        case TIMESTAMP -> timestamp[0] = timestamp();
        case LINE -> line[0] = in.readByteArray();
        case METADATA -> pair(metadata);
        default -> {
          return false;
        }
      }
      return true;
    });
    return new PushedEntry(timestamp[0], line[0], MetadataNames.metadata(metadata));
  }

  private long timestamp() throws IOException, BadRequest {
    int limit = in.pushLimit(in.readRawVarint32());
    long seconds = 0;
    int nanos = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case 1 << 3 -> seconds = in.readInt64();
        case 2 << 3 -> nanos = in.readInt32();
        default -> in.skipField(tag);
      }
    }
    in.popLimit(limit);
    if (nanos < 0 || nanos >= 1_000_000_000) {
      throw new BadRequest(
          "timestamp: &types.Timestamp{Seconds: %d,\nNanos: %d,\n}: nanos not in range [0, 1e9)"
              .formatted(seconds, nanos));
    }
    try {
      return Math.addExact(Math.multiplyExact(seconds, 1_000_000_000L), nanos);
    } catch (ArithmeticException e) {
      throw new BadRequest("proto: timestamp out of range");
    }
  }

  private void pair(List<String> metadata) throws IOException, BadRequest {
    var pair = new String[] {"", ""};
    message(number -> {
      if (number == 1 || number == 2) {
        pair[number - 1] = in.readString();
        return true;
      }
      return false;
    });
    metadata.add(pair[0]);
    metadata.add(pair[1]);
  }
}
