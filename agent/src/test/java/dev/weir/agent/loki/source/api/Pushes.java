package dev.weir.agent.loki.source.api;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.xerial.snappy.Snappy;

/// Pushes as Loki's clients make them.
final class Pushes {
  private Pushes() {}

  /// A stream whose lines have the times 1, 2, 3... seconds.
  static byte[] stream(String labels, String... lines) throws IOException {
    return message(out -> {
      out.writeString(1, labels);
      for (int i = 0; i < lines.length; i++) {
        out.writeByteArray(2, entry(i + 1, lines[i]));
      }
    });
  }

  static byte[] entry(long seconds, String line, String... metadata) throws IOException {
    return message(out -> {
      out.writeByteArray(1, message(time -> time.writeInt64(1, seconds)));
      out.writeString(2, line);
      for (int i = 0; i < metadata.length; i += 2) {
        String name = metadata[i];
        String value = metadata[i + 1];
        out.writeByteArray(
            3,
            message(pair -> {
              pair.writeString(1, name);
              pair.writeString(2, value);
            }));
      }
    });
  }

  /// A push of streams, not compressed.
  static byte[] plain(byte[]... streams) throws IOException {
    return message(out -> {
      for (byte[] stream : streams) {
        out.writeByteArray(1, stream);
      }
    });
  }

  /// A push of streams as it is sent.
  static byte[] push(byte[]... streams) throws IOException {
    return Snappy.compress(plain(streams));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Fields of a message.
  interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  static byte[] message(Fields fields) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(bytes);
    fields.write(out);
    out.flush();
    return bytes.toByteArray();
  }
}
