package dev.weir.agent.loki.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.agent.httpclient.Header;
import dev.weir.agent.httpclient.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Whatever a Loki says to a push, or a proxy in its place.
final class AnswerFuzzTest {
  @FuzzTest(maxDuration = "30s")
  void makesSomethingOfAnyAnswer(FuzzedDataProvider data) {
    int status = data.consumeInt(200, 999);
    String retryAfter = data.consumeAsciiString(20).replaceAll("[\\x00-\\x1f\\x7f]", "");
    byte[] body = data.consumeRemainingAsBytes();
    var response = new HttpResponse(status, List.of(new Header("retry-after", retryAfter)), body);

    Answer answer = Answer.of(response);

    assertThat(answer.verdict()).isNotNull();
    assertThat(answer.verdict() == Answer.Verdict.DELIVERED).isEqualTo(status < 300);
    assertThat(answer.text()).hasSizeLessThanOrEqualTo(body.length);
    assertThat(answer.summary().codePoints()).noneMatch(Character::isISOControl);
    Duration pause = answer.retryAfter();
    if (pause != null) {
      assertThat(pause).isBetween(Duration.ZERO, Duration.ofMinutes(10));
    }
  }

  /// Streams are refused only by their very labels.
  @FuzzTest(maxDuration = "30s")
  void findsStreamsInAnyRefusal(FuzzedDataProvider data) {
    String labels = "{a=\"" + data.consumeString(20) + "\"}";
    String text = new String(data.consumeRemainingAsBytes(), StandardCharsets.UTF_8);

    var rejection = new Rejection(text);

    assertThat(rejection.errors()).isPositive();
    assertThat(rejection.reason()).isNotNull();
    if (rejection.refuses(labels)) {
      assertThat(rejection.isPartial()).isTrue();
    }
    String refusal = "entry for stream '" + labels + "' has 17 label names; limit 15; " + text;
    assertThat(new Rejection(refusal).refuses(labels)).isTrue();
  }
}
