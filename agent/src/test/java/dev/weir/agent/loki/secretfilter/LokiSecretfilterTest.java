package dev.weir.agent.loki.secretfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.agent.component.ComponentException;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.secretfilter.LokiSecretfilter.Arguments;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LokiSecretfilterTest {
  // In parts, so that nobody who looks for secrets finds any here.
  private static final String PAT = "ghp_" + "aB3".repeat(12);

  @TempDir Path storage;
  private TestContext context;
  private final CollectingReceiver receiver = new CollectingReceiver();

  @BeforeEach
  void makeContext() {
    context = new TestContext("loki.secretfilter.test", storage);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "aws-access-token | id AKIA_QWERTYUIOPASDFGH end",
        "github-fine-grained-pat | github_pat__x{82}",
        "gitlab-pat | glpat-_abcdefghij0123456789",
        "slack-token | xoxb-_123456789012-abcdefABCDEF",
        "stripe-access-token | sk_live__abcdefghijklmnop",
        "gcp-api-key | AIza_x{35}",
        "npm-access-token | npm__x{36}",
        "vault-token | hvs._x{24}",
        "grafana-service-account-token | glsa__x{32}_0a1b2c3d",
        "docker-pat | dckr_pat__x{27}",
        "url-password | postgres://app:_hunter2hunter2@db:5432/x",
        "authorization-header | Authorization: Bearer _abcdefgh12345",
        "generic-api-key | api_key=_\"q9Zk3LmT7vXw2RbN\"",
        "jwt | eyJ_x{20}.ey_x{20}.x{12}",
      })
  void findsSecretsByRulesOfItsOwn(String rule, String template) throws Exception {
    String line = filled(template);
    filter("redact_with = \"<$SECRET_NAME>\"", line);

    assertThat(receiver.lines().getFirst()).contains("<" + rule + ">").isNotEqualTo(line);
    assertThat(context.scrape()).contains("rule=\"" + rule + "\"");
  }

  /// `_` only keeps what looks like a secret out of this file; `x{n}` is n characters.
  private static String filled(String template) {
    var out = new StringBuilder();
    var matcher = Pattern.compile("x\\{(\\d+)}").matcher(template);
    while (matcher.find()) {
      matcher.appendReplacement(
          out, "a1B2c3D4e5".repeat(9).substring(0, Integer.parseInt(matcher.group(1))));
    }
    matcher.appendTail(out);
    return out.toString()
        .replace("AKIA_", "AKIA")
        .replace("github_pat__", "github_pat_")
        .replace("glpat-_", "glpat-")
        .replace("xoxb-_", "xoxb-")
        .replace("sk_live__", "sk_live_")
        .replace("AIza_", "AIza")
        .replace("npm__", "npm_")
        .replace("hvs._", "hvs.")
        .replace("glsa__", "glsa_")
        .replace("dckr_pat__", "dckr_pat_")
        .replace(":_", ":")
        .replace("Bearer _", "Bearer ")
        .replace("=_", "=")
        .replace("eyJ_", "eyJ")
        .replace("ey_", "ey");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /index.html 200",
        "password=true and token=",
        "password: ${DB_PASSWORD}",
        "the key to success is a secret",
        "http://host:8080/path?q=1@x",
        "level=info msg=\"they said hey to key-value stores\"",
      })
  void leavesOtherLinesAlone(String line) throws Exception {
    filter("", line);

    assertThat(receiver.lines()).containsExactly(line);
  }

  @Test
  void cutsSecretsShort() throws Exception {
    filter("", "a " + PAT + " b " + PAT);
    filter("redact_percent = 100", "a " + PAT);
    filter("redact_percent = 50", "a " + PAT);

    assertThat(receiver.lines())
        .containsExactly(
            "a " + PAT.substring(0, 8) + "... b " + PAT.substring(0, 8) + "...",
            "a REDACTED",
            "a " + PAT.substring(0, 20) + "...");
  }

  @Test
  void namesSecretsByHash() throws Exception {
    filter("redact_with = \"$SECRET_HASH\"", PAT);

    assertThat(receiver.lines().getFirst()).matches("[0-9a-f]{40}");
  }

  @Test
  void keepsBytesThatAreNotText() throws Exception {
    byte[] line = ("?" + PAT + "?").getBytes(StandardCharsets.ISO_8859_1);
    line[0] = (byte) 0xff;
    var seen = new byte[1][];
    var filter =
        new LokiSecretfilter(
            RiverArguments.decode(
                "redact_percent = 100\nforward_to = [receiver]",
                Arguments.class,
                batch -> {
                  Entry entry = batch.get(0);
                  seen[0] =
                      Arrays.copyOfRange(
                          entry.buffer(), entry.offset(), entry.offset() + entry.length());
                }),
            context);
    Batch batch = new Batch(new Lane("test"));
    batch.add().line(line, 0, line.length);
    filter.accept(batch);

    assertThat(seen[0]).startsWith(0xff, 'R', 'E', 'D').hasSize(10);
  }

  @Test
  void takesRulesOfAFileInTheFormOfGitleaks() throws Exception {
    Path rules = storage.resolve("gitleaks.toml");
    Files.writeString(
        rules,
        """
        title = "ours"
        [extend]
        useDefault = true
        disabledRules = ["github-pat"]
        [[rules]]
        id = "ours"
        description = "tokens of ours"
        regex = '''ours-(old|new)-(\\w+)'''
        secretGroup = 2
        keywords = ["OURS-"]
        [rules.allowlist]
        stopwords = ["example"]
        [[rules]]
        id = "paths"
        path = '''\\.pem$'''
        [allowlist]
        regexes = ['''^public''']
        """);
    filter(
        "redact_with = \"*\"\ngitleaks_config = \"" + rules + "\"",
        "ours-new-abc ours-old-example1 ours-old-publicx " + PAT);

    assertThat(receiver.lines())
        .containsExactly("ours-new-* ours-old-example1 ours-old-publicx " + PAT);
  }

  @Test
  void passesASampleOnUnseen() throws Exception {
    filter("rate = 0.0", PAT);

    assertThat(receiver.lines()).containsExactly(PAT);
    assertThat(context.scrape()).containsPattern("entries_bypassed_total\\{\\S* 1");
  }

  @Test
  void countsByOrigin() throws Exception {
    filter("origin_label = \"app\"", PAT);

    assertThat(context.scrape())
        .containsPattern("redacted_by_category_total\\{.*origin=\"web\".*rule=\"github-pat\".* 1");
  }

  @Test
  void givesUpLinesThatTakeTooLong() throws Exception {
    filter("processing_timeout = \"1ns\"\nlabel_timed_out = true", PAT);
    assertThat(receiver.entries().getFirst().labels()).containsEntry("secretfilter", "timed-out");

    filter("processing_timeout = \"1ns\"\ndrop_on_timeout = true", PAT);
    assertThat(receiver.entries()).hasSize(1);
    assertThat(context.scrape())
        .containsPattern("lines_timed_out_total\\{\\S* 2")
        .containsPattern("lines_dropped_total\\{\\S* 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rate = 2", "redact_percent = -1", "processing_timeout = \"-1s\"", "other = 1"})
  void refusesWrongArguments(String more) {
    assertThatThrownBy(() -> RiverArguments.decode(Arguments.class, "forward_to = []\n" + more))
        .isInstanceOf(DiagnosticsException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rules = 7 8",
        "[[rules]]\nregex = 'x'",
        "[[rules]]\nid = 'a'\nregex = '('",
        "[[rules]]\nid = 'a'\nregex = 'x'\nsecretGroup = 1",
        "[extend]\npath = 'x'"
      })
  void refusesFilesThatHoldNoRules(String text) throws Exception {
    Path rules = storage.resolve("gitleaks.toml");
    Files.writeString(rules, text);

    assertThatThrownBy(() -> filter("gitleaks_config = \"" + rules + "\"", "x"))
        .isInstanceOf(ComponentException.class)
        .hasMessageContaining("gitleaks config");
  }

  @Test
  void measuresEntropy() {
    assertThat(SecretRule.entropy("aaaa")).isZero();
    assertThat(SecretRule.entropy("abcd")).isEqualTo(2);
    assertThat(new Redaction("", 0).percent()).isEqualTo(80);
    assertThat(SecretRules.builtIn().rules()).hasSizeGreaterThan(40);
  }

  private void filter(String more, String... lines) throws Exception {
    var filter =
        new LokiSecretfilter(
            RiverArguments.decode("forward_to = [receiver]\n" + more, Arguments.class, receiver),
            context);
    var batch = new Batch(new Lane("test"));
    for (String line : List.of(lines)) {
      Entry entry = batch.add();
      entry.line(line);
      entry.labels(Labels.of("app", "web"));
    }
    filter.accept(batch);
  }
}
