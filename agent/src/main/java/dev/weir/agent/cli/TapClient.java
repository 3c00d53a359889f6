package dev.weir.agent.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks a running agent what flows through it.
final class TapClient {
  private static final String PATH = "/api/v0/tap";
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /// The agent says something every five seconds.
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final String server;
  private final JsonMapper mapper = new JsonMapper();

  /// @param server a URL, or a host and port
  TapClient(String server) {
    String url = server.contains("://") ? server : "http://" + server;
    this.server = url.replaceAll("/+$", "");
  }

  /// What can be tapped.
  List<String> names() throws IOException {
    HttpURLConnection connection = connect(PATH);
    try (InputStream in = connection.getInputStream()) {
      List<String> names = new ArrayList<>();
      mapper.readTree(in).forEach(name -> names.add(name.asText()));
      return names;
    } finally {
      connection.disconnect();
    }
  }

  /// Prints what passes until the agent ends it, or nobody reads what is printed.
  ///
  /// @throws IOException also when the agent is gone without having said so
  void follow(String component, String selector, long limit, TapPrinter printer)
      throws IOException {
    String path = PATH + "/" + encoded(component).replace("%2F", "/");
    HttpURLConnection connection =
        connect(path + "?limit=" + limit + "&selector=" + encoded(selector));
    try (var in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
      follow(in, printer);
    } catch (SocketTimeoutException e) {
      throw new IOException("the agent has gone silent", e);
    } finally {
      connection.disconnect();
    }
  }

  private void follow(BufferedReader in, TapPrinter printer) throws IOException {
    boolean more = true;
    while (more) {
      String line = in.readLine();
      if (line == null) {
        throw new IOException("the agent has broken off");
      }
      more = line.isEmpty() || printer.print(mapper.readTree(line));
      if (!more || !in.ready()) {
        more &= printer.flush();
      }
    }
  }

  private HttpURLConnection connect(String pathAndQuery) throws IOException {
    HttpURLConnection connection = open(pathAndQuery);
    connection.setConnectTimeout((int) CONNECT.toMillis());
    connection.setReadTimeout((int) SILENCE.toMillis());
    try {
      int status = connection.getResponseCode();
      if (status == 200) {
        return connection;
      }
      String message = body(connection.getErrorStream());
      throw new IOException(message.isEmpty() ? server + " answered " + status : message);
    } catch (ConnectException e) {
      throw new IOException(
          "no agent answers on " + server + " (--server says where): " + e.getMessage(), e);
    }
  }

  private HttpURLConnection open(String pathAndQuery) throws IOException {
    try {
      var uri = URI.create(server + pathAndQuery);
      // Agents are on this machine or one hop away; a proxy of the environment is not meant.
      if (uri.toURL().openConnection(Proxy.NO_PROXY) instanceof HttpURLConnection connection) {
        return connection;
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(server + " is no URL: " + e.getMessage(), e);
    }
    throw new IOException(server + " is no http or https URL");
  }

  private static String body(@Nullable InputStream in) throws IOException {
    if (in == null) {
      return "";
    }
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
