package dev.weir.agent.river.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.eval.Sample.Auth;
import dev.weir.agent.river.eval.Sample.Json;
import dev.weir.agent.river.eval.Sample.Lists;
import dev.weir.agent.river.eval.Sample.Match;
import dev.weir.agent.river.eval.Sample.Mode;
import dev.weir.agent.river.eval.Sample.Outer;
import dev.weir.agent.river.eval.Sample.Pipeline;
import dev.weir.agent.river.eval.Sample.Point;
import dev.weir.agent.river.eval.Sample.Rule;
import dev.weir.agent.river.eval.Sample.Scalars;
import dev.weir.agent.river.eval.Sample.Sink;
import dev.weir.agent.river.eval.Value.NullValue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoderTest {
  private static final Sink SINK = new Sink() {};
  private static final Scope SCOPE = scope();

  private static Scope scope() {
    Map<String, Value> variables = new HashMap<>();
    variables.put("sink", Encoder.value(SINK));
    variables.put("secret", Encoder.value(new Secret("hush")));
    variables.put("hidden", Encoder.value(new OptionalSecret(true, "hush")));
    variables.put("plain", Encoder.value(new OptionalSecret(false, "12")));
    variables.put("cfg", Texts.evaluate("{a = [1, 2, \"x\"], b = 1}"));
    return new Scope(variables);
  }

  @Test
  void takesDefaultsWhereNothingIsGiven() {
    assertThat(Texts.decode(Scalars.class, ""))
        .isEqualTo(
            new Scalars(
                "",
                true,
                1,
                2,
                0.5,
                Duration.ofSeconds(1),
                new ByteSize(1 << 20),
                Mode.SLOW,
                null,
                null,
                null,
                null,
                null));
  }

  @Test
  void convertsScalars() {
    Scalars decoded =
        Texts.decode(
            Scalars.class,
            """
            text      = 1.50
            flag      = false
            count     = "12"
            big_count = 1.9
            ratio     = "1e3"
            max_wait  = "1h30m"
            size      = 512
            mode      = "fast"
            maybe     = plain
            token     = "a" + secret
            content   = secret
            limit     = plain
            anything  = [1]
            """,
            SCOPE);

    assertThat(decoded)
        .isEqualTo(
            new Scalars(
                "1.5",
                false,
                12,
                1,
                1000,
                Duration.ofMinutes(90),
                new ByteSize(512),
                Mode.FAST,
                "12",
                new Secret("ahush"),
                new OptionalSecret(true, "hush"),
                12L,
                Texts.evaluate("[1]")));
    assertThat(decoded.toString()).doesNotContain("hush");
  }

  @Test
  void takesNullAsTheZeroValue() {
    Scalars decoded =
        Texts.decode(
            Scalars.class,
            """
            text     = null
            flag     = null
            count    = null
            max_wait = null
            maybe    = null
            anything = null
            """);

    assertThat(decoded.text()).isEmpty();
    assertThat(decoded.flag()).isFalse();
    assertThat(decoded.count()).isZero();
    assertThat(decoded.maxWait()).isEqualTo(Duration.ZERO);
    assertThat(decoded.maybe()).isNull();
    assertThat(decoded.anything()).isNull();
  }

  @Test
  void decodesListsMapsObjectsAndReferences() {
    Lists decoded =
        Texts.decode(
            Lists.class,
            """
            names      = ["a", 1]
            forward_to = [sink, sink]
            labels     = {b = "1", "a-b" = 2}
            headers    = {h = ["x", secret]}
            targets    = [{a = "1"}, {}]
            points     = [{x = 1}, {x = 2, y = 3}]
            sink       = sink
            point      = {x = "5"}
            """,
            SCOPE);

    assertThat(decoded.names()).containsExactly("a", "1");
    assertThat(decoded.forwardTo()).containsExactly(SINK, SINK);
    assertThat(decoded.labels()).containsExactly(entry("b", "1"), entry("a-b", "2"));
    assertThat(decoded.headers()).containsEntry("h", List.of(new Secret("x"), new Secret("hush")));
    assertThat(decoded.targets()).containsExactly(Map.of("a", "1"), Map.of());
    assertThat(decoded.points()).containsExactly(new Point(1, 7), new Point(2, 3));
    assertThat(decoded.sink()).isSameAs(SINK);
    assertThat(decoded.point()).isEqualTo(new Point(5, 7));
  }

  @Test
  void decodesBlocksLabelsAndSquashedRecords() {
    Outer decoded =
        Texts.decode(
            Outer.class,
            """
            url = "x"
            enable_http2 = false
            timeout = "5s"

            rule "one" {
              action = "keep"
            }

            auth {
              credentials = "c"
            }

            proxy {
              type = "Basic"
            }

            rule "two" {
              action = "drop"
            }
            """);

    assertThat(decoded.rule()).containsExactly(new Rule("one", "keep"), new Rule("two", "drop"));
    assertThat(decoded.auth()).isEqualTo(new Auth("Bearer", new Secret("c")));
    assertThat(decoded.otherAuth()).isNull();
    assertThat(decoded.defaultAuth()).isEqualTo(new Auth("Bearer", null));
    assertThat(decoded.enableHttp2()).isFalse();
    assertThat(decoded.common().timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(decoded.common().proxy()).isEqualTo(new Auth("Basic", null));
  }

  @Test
  void keepsTheOrderOfAFamilyOfBlocks() {
    Pipeline decoded =
        Texts.decode(
            Pipeline.class,
            """
            stage.match {
              selector = "{}"

              stage.json {
                expressions = {a = "b"}
              }
            }

            stage.json {
              expressions = {}
            }
            """);

    NamedBlock inner = new NamedBlock("json", new Json(Map.of("a", "b")));
    assertThat(decoded.stages())
        .containsExactly(
            new NamedBlock("match", new Match("{}", List.of(inner))),
            new NamedBlock("json", new Json(Map.of())));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          text = [0, 1, 2] => test.river:2:8: [0, 1, 2] should be string, got array
          text = true => test.river:2:8: true should be string, got bool
          text = secret => test.river:2:8: secret secrets may not be converted into strings
          text = hidden => test.river:2:8: hidden secrets may not be converted into strings
          text = sink => test.river:2:8: sink should be string, got capsule
          text = (true) => test.river:2:8: (true) should be string, got bool
          text = cfg.a => test.river:2:8: cfg.a should be string, got array
          flag = "true" => test.river:2:8: "true" should be bool, got string
          flag = 1 => test.river:2:8: 1 should be bool, got number
          count = "" => test.river:2:9: "" should be number, got string
          count = "-1.5" => test.river:2:9: "-1.5" should be number, got string
          count = "0x10" => test.river:2:9: "0x10" should be number, got string
          count = 3000000000 => test.river:2:9: 3000000000 value 3000000000 is out of range
          max_wait = 5 => test.river:2:12: 5 time: missing unit in duration "5"
          max_wait = "abc" => test.river:2:12: "abc" time: invalid duration "abc"
          max_wait = [] => test.river:2:12: [] should be string, got array
          size = "1 parsec" => test.river:2:8: "1 parsec" invalid size "1 parsec"
          mode = "odd" => test.river:2:8: "odd" unknown mode "odd"
          token = 5 => test.river:2:9: (secret) should be capsule, got number
          bogus = 1 => test.river:2:1: unrecognized attribute name "bogus"
          bogus { } => test.river:2:1: unrecognized block name "bogus"
          bogus.inner { } => test.river:2:1: unrecognized block name "bogus.inner"
          text { } => test.river:2:1: "text" must be an attribute, but is used as a block
          text = unknown.name => test.river:2:8: identifier "unknown" does not exist
          """)
  void refusesScalars(String body, String message) {
    assertThat(Texts.refused(Scalars.class, body, SCOPE).summary()).isEqualTo(message);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          forward_to = ["x"] => test.river:2:15: "x" should be capsule, got string
          forward_to = sink => test.river:2:14: sink should be array, got capsule
          forward_to = [secret] => test.river:2:15: secret expected capsule("test.Sink"), got capsule("secret")
          forward_to = [null] => test.river:2:15: null should be capsule, got null
          names = cfg.a[0] => test.river:2:9: cfg.a[0] should be array, got number
          labels = {a = {}} => test.river:2:15: {} should be string, got object
          targets = [{a = "b"}, {c = cfg.a}] => test.river:2:28: cfg.a should be string, got array
          point = cfg => test.river:2:9: cfg does not have field named "a"
          point = {x = 1, z = 2} => test.river:2:9: {x = 1, z = 2} does not have field named "z"
          point = {y = 1} => test.river:2:9: {y = 1} missing required attribute "x"
          points = [{x = "a"}] => test.river:2:16: "a" should be number, got string
          """)
  void refusesListsAndObjects(String body, String message) {
    assertThat(Texts.refused(Lists.class, body, SCOPE).summary()).isEqualTo(message);
  }

  @Test
  void leadsToTheCulpritInsideAReferredValue() {
    Diagnostic diagnostic = Texts.refused(Ints.class, "key = cfg", SCOPE);

    assertThat(diagnostic.summary())
        .isEqualTo("test.river:2:7: cfg.a[2] should be number, got string");
    assertThat(diagnostic.value()).isEqualTo("\"x\"");
  }

  private record Ints(Key key) {}

  private record Key(List<Integer> a, int b) {}

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          auth { } => missing required attribute "url"
          url = "x" => missing required block "auth"
          url = "x"; auth { }; url = "y" => test.river:4:1: attribute "url" may only be provided once
          url = "x"; auth { }; auth { } => test.river:3:1: block "auth" may only be specified once
          url = "x"; auth = 1 => test.river:3:1: "auth" must be a block, but is used as an attribute
          url = "x"; rule { } => test.river:3:1: block "rule" requires non-empty label
          url = "x"; auth "l" { } => test.river:3:1: block "auth" does not support specifying labels
          url = "x"; auth { type = "None"; credentials = "x"; } => credentials need a type
          url = "x"; rule "a" { } => missing required attribute "action"
          """)
  void refusesBlocks(String body, String message) {
    String lines = body.replace("; ", "\n").replace("{ type", "{\ntype");

    assertThat(Texts.refused(Outer.class, lines, SCOPE).summary()).isEqualTo(message);
  }

  @Test
  void listsEveryErrorOfABlock() {
    List<String> found =
        Texts.check(
            Outer.class,
            """
            bogus = 1
            enable_http2 = "yes"
            rule "a" {
              action = ["x", unknown]
              other  = 1
            }
            auth { }
            auth { }
            timeout = 5
            timeout = "5s"
            """);

    assertThat(found)
        .containsExactly(
            "test.river:2:1: unrecognized attribute name \"bogus\"",
            "test.river:3:16: expected bool, got string",
            "test.river:5:12: expected string, got array",
            "test.river:6:3: unrecognized attribute name \"other\"",
            "test.river:8:1: block \"auth\" may only be specified once",
            "test.river:9:1: block \"auth\" may only be specified once",
            "test.river:10:11: time: missing unit in duration \"5\"",
            "test.river:11:1: attribute \"timeout\" may only be provided once",
            "test.river:1:1: missing required attribute \"url\"");
  }

  @Test
  void checksLiteralsInListsAndObjects() {
    assertThat(
            Texts.check(
                Lists.class,
                """
                names      = ["a", true, other.thing, [1]]
                forward_to = ["x", loki.write.default.receiver]
                labels     = {a = "x", b = [], c = sys.env("X")}
                headers    = {a = "x"}
                point      = {z = 1}
                points     = {}
                sink       = {}
                """))
        .containsExactly(
            "test.river:2:20: expected string, got bool",
            "test.river:2:39: expected string, got array",
            "test.river:3:15: expected capsule, got string",
            "test.river:4:28: expected string, got array",
            "test.river:5:19: expected array, got string",
            "test.river:6:15: unrecognized attribute name \"z\"",
            "test.river:6:14: missing required attribute \"x\"",
            "test.river:7:14: expected array, got object",
            "test.river:8:14: expected capsule, got object");
  }

  @Test
  void asksTheRecordWhereEverythingIsLiteral() {
    assertThat(
            Texts.check(Outer.class, "url = a.b\nauth {\ntype = \"None\"\ncredentials = \"x\"\n}"))
        .containsExactly("test.river:3:1: credentials need a type");
    assertThat(Texts.check(Lists.class, "point = {x = -1}"))
        .containsExactly("test.river:1:1: x must not be negative");
    assertThat(Texts.check(Lists.class, "point = {x = -1}\nsink = a.b")).isEmpty();
  }

  @Test
  void encodesRecords() {
    var record =
        new Outer(
            "u",
            true,
            new Auth("Bearer", new Secret("hush")),
            null,
            new Auth("x", null),
            List.of(new Rule("l", "keep")),
            new Sample.Common(Duration.ofMillis(1500), null));

    Value value = Decoder.encode(record);

    assertThat(ValueText.of(value))
        .isEqualTo(
            """
            {
            \turl          = "u",
            \tenable_http2 = true,
            \tauth         = {
            \t\ttype        = "Bearer",
            \t\tcredentials = (secret),
            \t},
            \tother_auth   = null,
            \tdefault_auth = {
            \t\ttype        = "x",
            \t\tcredentials = null,
            \t},
            \trule         = [{
            \t\tname   = "l",
            \t\taction = "keep",
            \t}],
            \ttimeout      = "1.5s",
            \tproxy        = null,
            }\
            """);
    assertThat(value.toString()).doesNotContain("hush");
  }

  @Test
  void encodesReferences() {
    Value value =
        Decoder.encode(
            new Lists(
                List.of(),
                List.of(SINK),
                Map.of(),
                Map.of(),
                List.of(Map.of("a", "b")),
                List.of(),
                null,
                new Point(1, 2)));

    assertThat(value.kind()).isEqualTo("object");
    Scope scope = new Scope(Map.of("exports", value));
    assertThat(Texts.evaluate("exports.forward_to[0]", scope).kind())
        .isEqualTo("capsule(\"test.Sink\")");
    assertThat(Texts.evaluate("exports.sink", scope)).isInstanceOf(NullValue.class);
    assertThat(Texts.decode(Lists.class, "targets = exports.targets", scope).targets())
        .containsExactly(Map.of("a", "b"));
  }
}
