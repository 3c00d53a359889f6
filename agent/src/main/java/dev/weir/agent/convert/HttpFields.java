package dev.weir.agent.convert;

import static dev.weir.agent.convert.Fields.all;
import static dev.weir.agent.convert.Fields.block;
import static dev.weir.agent.convert.Fields.bool;
import static dev.weir.agent.convert.Fields.list;
import static dev.weir.agent.convert.Fields.map;
import static dev.weir.agent.convert.Fields.text;

/// How a server is reached, as every part of Promtail that calls one is told it.
final class HttpFields {
  private static final Field TLS =
      block(
          "tls_config",
          text("ca", "ca_pem"),
          text("ca_file"),
          text("cert", "cert_pem"),
          text("cert_file"),
          text("key", "key_pem"),
          text("key_file"),
          text("server_name"),
          bool("insecure_skip_verify"),
          text("min_version"));

  /// The settings of a client.
  static final Field CLIENT =
      all(
          text("bearer_token"),
          text("bearer_token_file"),
          text("proxy_url"),
          text("no_proxy"),
          bool("proxy_from_environment"),
          bool("follow_redirects"),
          bool("enable_http2"),
          block("basic_auth", text("username"), text("password"), text("password_file")),
          block("authorization", text("type"), text("credentials"), text("credentials_file")),
          block(
              "oauth2",
              text("client_id"),
              text("client_secret"),
              text("client_secret_file"),
              list("scopes"),
              text("token_url"),
              map("endpoint_params"),
              text("proxy_url"),
              TLS),
          TLS);

  /// TLS of a listener.
  static final Field LISTENER_TLS =
      block(
          "tls_config", text("ca_file"), text("cert_file"), text("key_file"), text("server_name"));

  private HttpFields() {}
}
