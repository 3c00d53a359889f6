package dev.weir.agent.river.eval;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Argument records that use all that the decoder knows.
final class Sample {
  private Sample() {}

  /// What components pass to each other.
  @Capsule("test.Sink")
  interface Sink {}

  /// Made from text.
  enum Mode {
    FAST,
    SLOW;

    @FromText
    public static Mode parse(String text) {
      return switch (text) {
        case "fast" -> FAST;
        case "slow" -> SLOW;
        default -> throw new IllegalArgumentException("unknown mode \"" + text + "\"");
      };
    }
  }

  record Scalars(
      @Default("\"\"") String text,
      @Default("true") boolean flag,
      @Default("1") int count,
      @Default("2") long bigCount,
      @Default("0.5") double ratio,
      @Default("\"1s\"") Duration maxWait,
      @Default("\"1MiB\"") ByteSize size,
      @Default("\"slow\"") Mode mode,
      @Nullable String maybe,
      @Nullable Secret token,
      @Nullable OptionalSecret content,
      @Nullable Long limit,
      @Nullable Value anything) {}

  record Lists(
      @Default("[]") List<String> names,
      @Default("[]") List<Sink> forwardTo,
      @Default("{}") Map<String, String> labels,
      @Default("{}") Map<String, List<Secret>> headers,
      @Default("[]") List<Map<String, String>> targets,
      @Default("[]") List<Point> points,
      @Nullable Sink sink,
      @Nullable Point point) {}

  record Point(int x, @Default("7") int y) {
    Point {
      if (x < 0) {
        throw new IllegalArgumentException("x must not be negative");
      }
    }
  }

  record Outer(
      String url,
      @Name("enable_http2") @Default("true") boolean enableHttp2,
      @BlockField Auth auth,
      @BlockField @Nullable Auth otherAuth,
      @BlockField @Default Auth defaultAuth,
      @BlockField List<Rule> rule,
      @Squash Common common) {}

  record Auth(@Default("\"Bearer\"") String type, @Nullable Secret credentials) {
    Auth {
      if (type.equals("None") && credentials != null) {
        throw new IllegalArgumentException("credentials need a type");
      }
    }
  }

  record Rule(@Label String name, String action) {}

  record Common(@Default("\"3s\"") Duration timeout, @BlockField @Nullable Auth proxy) {}

  record Pipeline(
      @BlockFamilyField(prefix = "stage", family = Stages.class) List<NamedBlock> stages) {}

  record Json(Map<String, String> expressions) {}

  record Match(
      String selector,
      @BlockFamilyField(prefix = "stage", family = Stages.class) List<NamedBlock> stages) {}

  /// A family whose members hold members.
  static final class Stages implements BlockFamily {
    public Stages() {}

    @Override
    public Map<String, Class<? extends Record>> members() {
      return Map.of("json", Json.class, "match", Match.class);
    }
  }
}
