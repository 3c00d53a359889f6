package dev.weir.agent.sandbox;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.xerial.snappy.Snappy;

/// Pushes to a sandbox and asks it, over HTTP, as any client would.
final class LokiClient implements AutoCloseable {
  private final Sandbox sandbox;
  private final HttpClient http = HttpClient.newHttpClient();

  LokiClient(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /// Streams to push.
  static final class Push {
    private final List<byte[]> streams = new ArrayList<>();
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private String labels = "";

    static Push stream(String labels) {
      var push = new Push();
      push.labels = labels;
      return push;
    }

    Push entry(long timestamp, String line, String... metadata) {
      byte[] time =
          message(out -> {
            out.writeInt64(1, Math.floorDiv(timestamp, 1_000_000_000L));
            out.writeInt32(2, (int) Math.floorMod(timestamp, 1_000_000_000L));
          });
      byte[] entry =
          message(out -> {
            out.writeByteArray(1, time);
            out.writeString(2, line);
            for (int i = 0; i < metadata.length; i += 2) {
              out.writeByteArray(3, pair(metadata[i], metadata[i + 1]));
            }
          });
      entries.writeBytes(message(out -> out.writeByteArray(2, entry)));
      return this;
    }

    private static byte[] pair(String name, String value) {
      return message(out -> {
        out.writeString(1, name);
        out.writeString(2, value);
      });
    }

    Push and(String nextLabels) {
      streams.add(
          message(out -> {
            out.writeString(1, labels);
            out.writeRawBytes(entries.toByteArray());
          }));
      entries.reset();
      labels = nextLabels;
      return this;
    }

    byte[] protobuf() {
      and("");
      return message(out -> {
        for (byte[] stream : streams) {
          out.writeByteArray(1, stream);
        }
      });
    }

    byte[] body() throws IOException {
      return Snappy.compress(protobuf());
    }
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) {
    var bytes = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  HttpResponse<String> push(Push push) throws IOException, InterruptedException {
    return push(push, "fake");
  }

  HttpResponse<String> push(Push push, String tenant) throws IOException, InterruptedException {
    return post(push.body(), "Content-Type", "application/x-protobuf", "X-Scope-OrgID", tenant);
  }

  HttpResponse<String> pushJson(String body) throws IOException, InterruptedException {
    return post(body.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
  }

  HttpResponse<String> post(byte[] body, String... headers)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(sandbox.pushUrl())
            .headers(headers.length == 0 ? new String[] {"X-None", ""} : headers)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /// Gets a path, with the names and values of query parameters behind it.
  HttpResponse<String> get(String path, String... parameters)
      throws IOException, InterruptedException {
    var target = new StringBuilder(sandbox.url() + path);
    for (int i = 0; i < parameters.length; i += 2) {
      target.append(i == 0 ? '?' : '&').append(parameters[i]).append('=');
      target.append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    return http.send(
        HttpRequest.newBuilder(URI.create(target.toString())).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.close();
  }
}
