package dev.weir.agent.loki.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void doublesUpToItsLimit() {
    var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8));
    assertThat(backoff.next(null)).isBetween(SECOND, 2 * SECOND);
    assertThat(backoff.next(null)).isBetween(2 * SECOND, 4 * SECOND);
    assertThat(backoff.next(null)).isBetween(4 * SECOND, 8 * SECOND);
    assertThat(backoff.next(null)).isEqualTo(8 * SECOND);
    backoff.reset();
    assertThat(backoff.next(null)).isBetween(SECOND, 2 * SECOND);
  }

  @Test
  void leavesAServerAloneForAsLongAsItAsks() {
    var backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));
    assertThat(backoff.next(RetryAfter.parse("7"))).isEqualTo(7 * SECOND);
  }

  @Test
  void readsOnlySensibleRequestsToWait() {
    assertThat(RetryAfter.parse("99999999")).isEqualTo(Duration.ofMinutes(10));
    assertThat(RetryAfter.parse("-1")).isNull();
    assertThat(RetryAfter.parse("99999999999999999999")).isNull();
    assertThat(RetryAfter.parse("Fri, 31 Dec 1999 23:59:59 GMT")).isNull();
    assertThat(RetryAfter.parse(null)).isNull();
  }
}
