package dev.weir.agent.pipelinedir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.SourceFile;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a pipeline's text may contain.
class PipelineTextTest {
  private static final PipelineSettings SETTINGS =
      PipelineSettings.of(Path.of("/etc/weir/pipelines"));

  private static final String TENANT =
      """
      pipeline {
        kind       = "LogPipeline"
        namespace  = "team-a"
        name       = "shop"
        uid        = "1-2-3"
        namespaces = ["team-a"]
        tenant_id  = "team-a"
        egress {
          denied_ranges = ["169.254.0.0/16"]
          allowed_hosts = ["*.example.com"]
          require_tls   = true
        }
      }
      """;

  private static final String CLUSTER =
      "pipeline { kind = \"ClusterLogPipeline\" name = \"all\" uid = \"4\" }\n"
          .replace(" name", "\nname")
          .replace(" uid", "\nuid")
          .replace("{ kind", "{\nkind")
          .replace("\" }", "\"\n}");

  private static PipelineText parse(String text) throws DiagnosticsException {
    return PipelineText.parse(SourceFile.of("f.river", text), SETTINGS);
  }

  @Test
  void takesTheEnvelopeFromTheFirstBlock() throws Exception {
    PipelineText text = parse(TENANT + "loki.write \"out_0\" {}");

    assertThat(text.block().name()).isEqualTo("shop");
    assertThat(text.policy().pipelineUid()).isEqualTo("1-2-3");
    assertThat(text.policy().namespaces()).isEqualTo(Set.of("team-a"));
    assertThat(text.policy().tenant()).isEqualTo("team-a");
    assertThat(text.policy().egress().refusal("loki.example.com", false)).contains("https");
    assertThat(text.body().statements()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local.file \"s\" {\nfilename = \"/etc/weir/secrets/0123\"\nis_secret = true\n}",
        "loki.source.kubernetes_files \"in\" {\npath = \"/var/log/pods\"\nforward_to = []\n}",
        "loki.source.kubernetes_files \"in\" {\nforward_to = []\n"
            + "namespaces_file = \"/etc/weir/pipelines/namespaces.json\"\n}",
        "loki.source.kubernetes_events \"in\" {\nnamespaces = [\"team-a\"]\nforward_to = []\n}",
        "loki.write \"o\" {\nendpoint {\nurl = \"http://x\"\ntls_config {\n"
            + "ca_file = \"/etc/weir/secrets/ca\"\n}\n}\n}",
        "loki.process \"p\" {\nforward_to = []\nstage.template {\n"
            + "source = \"x\"\ntemplate = \"{{ env }} sys.env file\"\n}\n}",
      })
  void allowsWhatTenantsMayUse(String component) throws Exception {
    assertThat(parse(TENANT + component).body().statements()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "loki.source.file \"in\" {}",
        "loki.source.journal \"in\" {}",
        "loki.source.docker \"in\" {}",
        "loki.source.api \"in\" {}",
        "local.file_match \"m\" {}",
        "remote.http \"r\" {}",
        "remote.kubernetes.secret \"s\" {}",
        "discovery.kubernetes \"d\" {}",
        "loki.echo \"e\" {}",
        "logging {}",
        "server {}",
        "pipeline {}",
        "import.file \"x\" {}",
        "local.file \"s\" {\nfilename = \"/etc/passwd\"\n}",
        "local.file \"s\" {\nfilename = \"/etc/weir/secrets/../passwd\"\n}",
        "local.file \"s\" {\nfilename = \"/etc/weir/secretsx/1\"\n}",
        "local.file \"s\" {\nfilename = \"secrets/1\"\n}",
        "local.file \"s\" {\nfilename = \"/etc/weir/secrets/\" + \"../../passwd\"\n}",
        "local.file \"s\" {\nfilename = sys.env(\"X\")\n}",
        "loki.write \"o\" {\nexternal_labels = { a = env(\"X\") }\n}",
        "loki.write \"o\" {\nexternal_labels = { a = sys[\"env\"](\"X\") }\n}",
        "loki.write \"o\" {\nexternal_labels = { a = (sys).env(\"X\") }\n}",
        "loki.write \"o\" {\nendpoint {\nurl = \"http://x\"\nbearer_token_file = \"/run/t\"\n}\n}",
        "loki.write \"o\" {\nendpoint {\nurl = \"http://x\"\nbasic_auth {\n"
            + "password_file = \"/run/t\"\n}\n}\n}",
        "loki.process \"p\" {\nstage.geoip {\ndb = \"/x\"\n}\n}",
        "loki.source.kubernetes_files \"in\" {\npath = \"/etc\"\nforward_to = []\n}",
        "loki.source.kubernetes_files \"in\" {\nnamespaces_file = \"/etc/passwd\"\n}",
        "loki.source.kubernetes_files \"in\" {\n"
            + "namespaces_file = \"/etc/weir/pipelines/namespaces.json/../x\"\n}",
        "loki.source.kubernetes_files \"in\" {\nclient {\napi_server = \"http://x\"\n}\n}",
        "loki.source.kubernetes_events \"in\" {\nforward_to = []\n}",
        "loki.source.kubernetes_events \"in\" {\nnamespaces = []\n}",
        "loki.source.kubernetes_events \"in\" {\nnamespaces = [\"team-a\", \"b\"]\n}",
        "loki.source.kubernetes_events \"in\" {\nnamespaces = [\"team-\" + \"b\"]\n}",
      })
  void refusesWhatTenantsMustNotUse(String component) {
    assertThatThrownBy(() -> parse(TENANT + component)).isInstanceOf(DiagnosticsException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "loki.source.file \"in\" {}",
        "loki.source.journal \"in\" {\npath = \"/var/log/journal\"\n}",
        "local.file_match \"m\" {}",
      })
  void allowsAdministratorsToReadTheHost(String component) throws Exception {
    assertThat(parse(CLUSTER + component).body().statements()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "loki.source.api \"in\" {}",
        "remote.http \"r\" {}",
        "local.file \"s\" {\nfilename = \"/etc/shadow\"\n}",
        "loki.write \"o\" {\nexternal_labels = { a = sys.env(\"X\") }\n}",
      })
  void keepsAdministratorsFromTheAgentItself(String component) {
    assertThatThrownBy(() -> parse(CLUSTER + component)).isInstanceOf(DiagnosticsException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "loki.write \"o\" {}",
        "pipeline \"x\" {}",
        "pipeline {}",
        "pipeline {\nkind = \"Other\"\nname = \"a\"\nuid = \"u\"\n}",
        "pipeline {\nkind = \"ClusterLogPipeline\"\nname = \"a\"\nuid = \"../x\"\n}",
        "pipeline {\nkind = \"ClusterLogPipeline\"\nname = \"a\"\nuid = \".\"\n}",
        "pipeline {\nkind = \"ClusterLogPipeline\"\nname = sys.env(\"A\")\nuid = \"u\"\n}",
        "pipeline {\nkind = \"ClusterLogPipeline\"\nname = \"a\"\nuid = \"u\"\nmore = 1\n}",
        "pipeline {\nkind = \"LogPipeline\"\nnamespace = \"a\"\nname = \"a\"\nuid = \"u\"\n}",
        "pipeline {\nkind = \"LogPipeline\"\nnamespace = \"a\"\nname = \"a\"\nuid = \"u\"\n"
            + "namespaces = [\"a\", \"kube-system\"]\n}",
        "pipeline {\nkind = \"LogPipeline\"\nnamespace = \"a\"\nname = \"a\"\nuid = \"u\"\n"
            + "namespaces = [\"b\"]\n}",
        "pipeline {\nkind = \"LogPipeline\"\nname = \"a\"\nuid = \"u\"\nnamespaces = [\"\"]\n}",
        "pipeline {\nkind = \"ClusterLogPipeline\"\nname = \"a\"\nuid = \"u\"\n"
            + "egress {\ndenied_ranges = [\"nonsense\"]\n}\n}",
        "pipeline {\nkind = \"ClusterLogPipeline\"\nname = \"a\"\nuid = \"u\"\ntenant_id = \"\"\n}",
      })
  void refusesAnEnvelopeThatDoesNotHold(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(DiagnosticsException.class);
  }
}
