package dev.weir.agent.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LoggingTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Logger log = Logging.component("loki.write.default", "/");

  @BeforeEach
  void captureLines() {
    Logging.output(written);
  }

  @AfterEach
  void restoreTheDefaults() {
    Logging.output(new FileOutputStream(FileDescriptor.err));
    Logging.level(LogLevel.INFO);
    Logging.format(LogFormat.LOGFMT);
  }

  @Test
  void writesLogfmtLinesThatNameTheComponent() {
    log.atInfo().addKeyValue("url", "http://loki:3100").log("pushed two lines");

    assertThat(lines())
        .matches(
            "ts=\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z level=info msg=\"pushed two lines\" component_path=/"
                + " component_id=loki.write.default url=http://loki:3100\n");
  }

  @Test
  void writesJsonAsSoonAsTheFormatIsChanged() {
    Logging.format(LogFormat.JSON);

    log.atWarn().addKeyValue("status", 429).log("refused");

    assertThat(lines())
        .matches(
            "\\{\"ts\":\"[^\"]+\",\"level\":\"warn\",\"msg\":\"refused\",\"component_path\":\"/\","
                + "\"component_id\":\"loki.write.default\",\"status\":\"429\"\\}\n");
  }

  @Test
  void leavesOutWhatIsBelowTheLevel() {
    log.atDebug().log("unseen");
    Logging.level(LogLevel.DEBUG);
    log.atDebug().log("seen");
    Logging.level(LogLevel.ERROR);
    log.warn("unseen too");

    assertThat(lines()).contains("msg=seen").doesNotContain("unseen");
  }

  @Test
  void keepsLibrariesQuietBelowWarnings() {
    Logging.level(LogLevel.DEBUG);
    Logger library = LoggerFactory.getLogger("org.apache.hc.client5.http.wire");

    library.debug("GET / HTTP/1.1");
    library.warn("broken {}", "pipe");

    assertThat(lines())
        .contains("msg=\"broken pipe\" logger=org.apache.hc.client5.http.wire")
        .doesNotContain("GET");
  }

  @Test
  void escapesWhatCouldForgeALineOrMoveTheCursor() {
    log.atError().addKeyValue("body", "a\nlevel=info\u001b[2J\"\u202e").log("refused");

    assertThat(lines()).endsWith("body=\"a\\nlevel=info\\u001b[2J\\\"\\u202e\"\n").hasLineCount(1);
  }

  @Test
  void cutsLongValuesOnACharacterBoundary() {
    log.atError().addKeyValue("body", "é".repeat(1000)).log("refused");

    assertThat(lines()).endsWith(" body=" + "é".repeat(256) + "...(cut)\n");
  }

  @Test
  void tellsTheMessagesOfAllCauses() {
    log.atError().setCause(new IOException("no route", new IOException("down"))).log("failed");

    assertThat(lines()).endsWith("err=\"no route: down\"\n");
  }

  @Test
  void tellsWhereItFailedOnlyForOurOwnFaults() {
    log.atError().setCause(new IllegalStateException("released twice")).log("failed");

    assertThat(lines())
        .contains("err=\"released twice\" stack=\"java.lang.IllegalStateException < dev.weir")
        .hasLineCount(1);
  }

  @Test
  void reportsTheFirstOfManyFailuresAndThenOncePerInterval() {
    AtomicLong now = new AtomicLong();
    RateLimitedLog refused = new RateLimitedLog(log, Duration.ofSeconds(10), now::get);

    for (int second = 0; second < 15; second++) {
      now.set(Duration.ofSeconds(second).toNanos());
      refused.at(Level.WARN).log("refused at {}", second);
    }

    assertThat(lines()).hasLineCount(2).contains("refused at 0").contains("refused at 10");
    assertThat(lines()).contains("suppressed=9");
  }

  @Test
  void reportsAtOnceAgainAfterAReset() {
    RateLimitedLog refused = new RateLimitedLog(log, Duration.ofHours(1), () -> 7);

    refused.at(Level.WARN).log("first");
    refused.reset();
    refused.at(Level.WARN).log("second");

    assertThat(lines()).contains("first").contains("second").doesNotContain("suppressed");
  }

  private String lines() {
    return written.toString(UTF_8);
  }
}
