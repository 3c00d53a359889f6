package dev.weir.agent.loki.write;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import org.xerial.snappy.Snappy;

/// A server that takes pushes and answers each as a script says. What it answers with success
/// counts as stored.
final class ScriptedLoki implements AutoCloseable {
  static final Reply OK = new Reply(204, "", Map.of());

  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Line> stored = new CopyOnWriteArrayList<>();
  private volatile Function<Received, Reply> script;

  /// A push as it came.
  record Received(int number, Map<String, String> headers, List<Byte> body, List<Line> lines) {}

  /// An entry of a push.
  record Line(String labels, long timestamp, String text, Map<String, String> metadata) {}

  /// What to answer; a negative status closes the connection instead: -1 with the push stored.
  ///
  /// @param kept what is stored of the push
  record Reply(int status, String body, Map<String, String> headers, Predicate<Line> kept) {
    Reply(int status, String body, Map<String, String> headers) {
      this(status, body, headers, line -> status == -1 || status / 100 == 2);
    }

    static final Reply LOST_ANSWER = new Reply(-1, "", Map.of());

    /// Nothing is said, and the connection stays open.
    static final Reply SILENCE = new Reply(-3, "", Map.of());

    static Reply of(int status, String body) {
      return new Reply(status, body, Map.of());
    }

    /// As Loki does with a push of which it refuses some entries.
    static Reply storing(Predicate<Line> kept, int status, String body) {
      return new Reply(status, body, Map.of(), kept);
    }
  }

  ScriptedLoki(Function<Received, Reply> script) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})), script);
  }

  ScriptedLoki(ServerSocket server, Function<Received, Reply> script) {
    this.server = server;
    this.script = script;
    Thread.ofVirtual().start(this::listen);
  }

  /// A server that takes everything.
  static ScriptedLoki willing() throws IOException {
    return new ScriptedLoki(push -> OK);
  }

  /// A willing server at a port that was free a moment ago.
  static ScriptedLoki at(int port) throws IOException {
    var socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
    return new ScriptedLoki(socket, push -> OK);
  }

  void answer(Function<Received, Reply> newScript) {
    script = newScript;
  }

  int port() {
    return server.getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/loki/api/v1/push";
  }

  /// Every push, in order of arrival.
  List<Received> received() {
    return List.copyOf(received);
  }

  /// Every entry that was taken, in order, repeated when it came again.
  List<Line> stored() {
    return List.copyOf(stored);
  }

  private void listen() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // The end.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        Map<String, String> headers = head(in);
        if (headers.isEmpty()) {
          return;
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        if (!reply(take(headers, body), socket)) {
          return;
        }
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private synchronized Received take(Map<String, String> headers, byte[] body) throws IOException {
    var push = new Received(received.size() + 1, headers, boxed(body), decode(body));
    received.add(push);
    return push;
  }

  private boolean reply(Received push, Socket socket) throws IOException {
    Reply reply = script.apply(push);
    push.lines().stream().filter(reply.kept()).forEach(stored::add);
    if (reply.equals(Reply.SILENCE)) {
      return true;
    }
    if (reply.status() < 0) {
      socket.setSoLinger(true, 0);
      return false;
    }
    var text = new StringBuilder("HTTP/1.1 " + reply.status() + " Scripted\r\n");
    reply.headers().forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    if (reply.status() != 204) {
      text.append("Content-Length: " + body.length + "\r\n");
    }
    OutputStream out = socket.getOutputStream();
    out.write(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    out.write(body);
    out.flush();
    return true;
  }

  private static Map<String, String> head(InputStream in) throws IOException {
    var headers = new TreeMap<String, String>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(": ");
      if (colon < 0) {
        headers.put("", line);
      } else {
        headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
      }
    }
    return headers;
  }

  private static String line(InputStream in) throws IOException {
    var out = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      out.write(b);
    }
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  private static List<Byte> boxed(byte[] body) {
    var list = new ArrayList<Byte>(body.length);
    for (byte b : body) {
      list.add(b);
    }
    return list;
  }

  /// The entries of a compressed push request.
  static List<Line> decode(byte[] body) throws IOException {
    var lines = new ArrayList<Line>();
    CodedInputStream in = CodedInputStream.newInstance(Snappy.uncompress(body));
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      expect(1, tag);
      stream(in.readByteBuffer().array(), lines);
    }
    return lines;
  }

  /// The entry of a stream's field, with its tag and length.
  static Line decodeEntry(byte[] bytes) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    expect(2, in.readTag());
    return entry("", in.readByteArray());
  }

  private static void stream(byte[] bytes, List<Line> lines) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    String labels = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 1) {
        labels = in.readStringRequireUtf8();
      } else {
        expect(2, tag);
        lines.add(entry(labels, in.readByteArray()));
      }
    }
  }

  private static Line entry(String labels, byte[] bytes) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    long timestamp = 0;
    String text = "";
    var metadata = new TreeMap<String, String>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> timestamp = timestamp(in.readByteArray());
        case 2 -> text = in.readString();
        case 3 -> pair(in.readByteArray(), metadata);
        default -> throw new IOException("unexpected field in an entry");
      }
    }
    return new Line(labels, timestamp, text, metadata);
  }

  private static long timestamp(byte[] bytes) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    expect(1, in.readTag());
    long seconds = in.readInt64();
    expect(2, in.readTag());
    return seconds * 1_000_000_000 + in.readInt32();
  }

  private static void pair(byte[] bytes, Map<String, String> into) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    expect(1, in.readTag());
    String name = in.readStringRequireUtf8();
    expect(2, in.readTag());
    into.put(name, in.readStringRequireUtf8());
  }

  private static void expect(int field, int tag) throws IOException {
    if (WireFormat.getTagFieldNumber(tag) != field) {
      throw new IOException("unexpected field " + WireFormat.getTagFieldNumber(tag));
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
