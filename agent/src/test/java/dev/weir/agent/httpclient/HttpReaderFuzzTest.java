package dev.weir.agent.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// Whatever a server answers.
final class HttpReaderFuzzTest {
  private static final int BODY_LIMIT = 100;

  /// An answer or an error, the same however the bytes arrive; no more body than is wanted, and
  /// nothing in a header that could become another one.
  @FuzzTest(maxDuration = "30s")
  void readsOrRefusesAnyAnswer(FuzzedDataProvider data) {
    String method = data.pickValue(List.of("GET", "POST", "HEAD", "CONNECT"));
    int step = data.consumeInt(1, 50);
    byte[] bytes = data.consumeRemainingAsBytes();

    assertThat(read(method, bytes, step)).isEqualTo(read(method, bytes, bytes.length + 1));
  }

  /// What a server sends in one of the ways that HTTP has is read, and the answer behind it too.
  @FuzzTest(maxDuration = "30s")
  void givesBackWhatWasSent(FuzzedDataProvider data) throws IOException {
    int step = data.consumeInt(1, 50);
    int status = data.consumeInt(200, 599);
    int piece = data.consumeInt(0, 20);
    byte[] body = data.consumeRemainingAsBytes();
    boolean empty = status == 204 || status == 304;
    var sent = new ByteArrayOutputStream();
    sent.writeBytes(text("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 " + status + " Some Words\r\n"));
    if (empty) {
      sent.writeBytes(text("\r\n"));
    } else if (piece == 0) {
      sent.writeBytes(text("content-length: " + body.length + "\r\n\r\n"));
      sent.writeBytes(body);
    } else {
      sent.writeBytes(text("Transfer-Encoding: chunked\r\n\r\n"));
      for (int from = 0; from < body.length; from += piece) {
        int length = Math.min(piece, body.length - from);
        sent.writeBytes(text(Integer.toHexString(length) + ";x=y\r\n"));
        sent.write(body, from, length);
        sent.writeBytes(text("\r\n"));
      }
      sent.writeBytes(text("0\r\nTrailer: x\r\n\r\n"));
    }
    var reader = new HttpReader(new Answering(sent.toByteArray(), step));

    HttpResponse response = reader.read("POST", Long.MAX_VALUE, Integer.MAX_VALUE);

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(empty ? new byte[0] : body);
    assertThat(reader.isReusable()).isTrue();
  }

  private static String read(String method, byte[] bytes, int step) {
    try {
      HttpResponse response =
          new HttpReader(new Answering(bytes, step)).read(method, Long.MAX_VALUE, BODY_LIMIT);
      assertThat(response.status()).isBetween(200, 999);
      assertThat(response.body()).hasSizeLessThanOrEqualTo(BODY_LIMIT);
      assertThat(response.headers())
          .allSatisfy(header -> assertThat(header.value()).doesNotContain("\n", "\r", "\0"));
      return "%d %s %s"
          .formatted(
              response.status(),
              response.headers().stream()
                  .map(header -> header.name().toLowerCase(Locale.ROOT) + "=" + header.value())
                  .toList(),
              new String(response.body(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return String.valueOf(e.getMessage());
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// A connection that has an answer to give, in pieces.
  private static final class Answering extends Socket {
    private final InputStream input;

    Answering(byte[] bytes, int step) {
      input =
          new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
              return super.read(target, offset, Math.min(length, step));
            }
          };
    }

    @Override
    public InputStream getInputStream() {
      return input;
    }

    @Override
    public synchronized void setSoTimeout(int timeout) {
      assertThat(timeout).isPositive();
    }
  }
}
