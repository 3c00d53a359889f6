package dev.weir.agent.loki.source.syslog;

import dev.weir.agent.httpclient.HttpClientArguments.TlsConfig;
import dev.weir.agent.loki.intake.SocketAddresses;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import dev.weir.agent.river.eval.Name;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One `listener` block.
///
/// @param address `host:port`; every address of this machine without a host
/// @param protocol `tcp` or `udp`
/// @param idleTimeout after which a silent TCP connection is closed
/// @param labelStructuredData whether structured data becomes labels for rules
/// @param labels of every entry
/// @param useIncomingTimestamp whether entries keep the message's time; else it is that of their
///   receipt
/// @param useRfc5424Message whether the line is the whole message
/// @param rfc3164DefaultToCurrentYear accepted; the year is always the one that puts the time
///   nearest to now
/// @param rfc5424AllowEmptyMsg whether messages without text become entries
/// @param maxMessageLength in bytes
/// @param tlsConfig the server's certificate and key, and what to trust of clients
/// @param syslogFormat `rfc5424`, `rfc3164` or `raw`
/// @param rawFormatOptions for `raw` messages
/// @param ciscoComponents what Cisco puts in front of messages; refused
/// @param udpQueueSize accepted and unused: datagrams wait in the socket's own buffer
/// @param udpHostCacheSize addresses whose names are remembered
record ListenerArguments(
    String address,
    @Default("\"tcp\"") String protocol,
    @Default("\"120s\"") Duration idleTimeout,
    @Default("false") boolean labelStructuredData,
    @Default("{}") Map<String, String> labels,
    @Default("false") boolean useIncomingTimestamp,
    @Name("use_rfc5424_message") @Default("false") boolean useRfc5424Message,
    @Name("rfc3164_default_to_current_year") @Default("false") boolean rfc3164DefaultToCurrentYear,
    @Name("rfc5424_allow_empty_msg") @Default("false") boolean rfc5424AllowEmptyMsg,
    @Default("8192") int maxMessageLength,
    @BlockField @Nullable TlsConfig tlsConfig,
    @Default("\"rfc5424\"") String syslogFormat,
    @BlockField @Nullable RawOptions rawFormatOptions,
    @Name("rfc3164_cisco_components") @BlockField @Nullable CiscoComponents ciscoComponents,
    @Default("10") int udpQueueSize,
    @Default("128") int udpHostCacheSize) {
  static final String RAW = "raw";
  static final String RFC3164 = "rfc3164";
  static final String RFC5424 = "rfc5424";

  private static final int LONGEST_MESSAGE = 1 << 20;

  ListenerArguments {
    labels = Map.copyOf(labels);
    if (!protocol.equals("tcp") && !protocol.equals("udp")) {
      throw new IllegalArgumentException(
          "syslog listener protocol should be either 'tcp' or 'udp', got " + protocol);
    }
    if (!List.of(RFC5424, RFC3164, RAW).contains(syslogFormat)) {
      throw new IllegalArgumentException("unknown syslog format: \"" + syslogFormat + "\"");
    }
    SocketAddresses.parse(address);
    maxMessageLength = maxMessageLength == 0 ? 8192 : maxMessageLength;
    idleTimeout = idleTimeout.isZero() ? Duration.ofMinutes(2) : idleTimeout;
    if (maxMessageLength < 0 || maxMessageLength > LONGEST_MESSAGE) {
      throw new IllegalArgumentException("max_message_length must be between 1 and 1048576");
    }
    if (idleTimeout.isNegative()) {
      throw new IllegalArgumentException("idle_timeout must not be negative");
    }
    if (udpQueueSize < 0 || udpHostCacheSize < 0) {
      throw new IllegalArgumentException(
          "udp_queue_size and udp_host_cache_size must not be negative");
    }
    if (ciscoComponents != null) {
      throw new IllegalArgumentException("rfc3164_cisco_components is not supported");
    }
    noEffect(
        !syslogFormat.equals(RFC5424),
        rfc5424AllowEmptyMsg,
        "rfc5424_allow_empty_msg",
        syslogFormat);
    boolean raw = syslogFormat.equals(RAW);
    noEffect(raw, useRfc5424Message, "use_rfc5424_message", syslogFormat);
    noEffect(raw, rfc3164DefaultToCurrentYear, "rfc3164_default_to_current_year", syslogFormat);
    noEffect(raw, useIncomingTimestamp, "use_incoming_timestamp", syslogFormat);
    if (!raw && rawFormatOptions != null) {
      throw new IllegalArgumentException(
          "raw_format_options has no effect when syslog format is not \"raw\"");
    }
    if (tlsConfig != null) {
      checkTls(tlsConfig);
    }
  }

  private static void noEffect(boolean otherFormat, boolean set, String name, String format) {
    if (otherFormat && set) {
      throw new IllegalArgumentException(
          "\"" + name + "\" has no effect when syslog format is set to \"" + format + "\"");
    }
  }

  private static void checkTls(TlsConfig tls) {
    boolean certificate = tls.certPem() != null || tls.certFile() != null;
    boolean key = tls.keyPem() != null || tls.keyFile() != null;
    if (!certificate || !key) {
      throw new IllegalArgumentException("certificate and key must be configured");
    }
  }

  /// Whether a listener with these arguments listens where one with the others does.
  boolean listensLike(ListenerArguments other) {
    return address.equals(other.address)
        && protocol.equals(other.protocol)
        && (tlsConfig == null) == (other.tlsConfig == null);
  }

  /// The block `raw_format_options`.
  ///
  /// @param useNullTerminatorDelimiter whether messages end with a NUL instead of a newline
  record RawOptions(@Default("false") boolean useNullTerminatorDelimiter) {}

  /// The block `rfc3164_cisco_components`.
  ///
  /// @param enableAll must be false
  /// @param messageCounter must be false
  /// @param sequenceNumber must be false
  /// @param hostname must be false
  /// @param secondFractions must be false
  record CiscoComponents(
      @Default("false") boolean enableAll,
      @Default("false") boolean messageCounter,
      @Default("false") boolean sequenceNumber,
      @Default("false") boolean hostname,
      @Default("false") boolean secondFractions) {}
}
