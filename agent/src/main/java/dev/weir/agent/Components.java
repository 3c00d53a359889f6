package dev.weir.agent;

import dev.weir.agent.component.ComponentType;
import dev.weir.agent.discovery.docker.DiscoveryDocker;
import dev.weir.agent.discovery.file.DiscoveryFile;
import dev.weir.agent.discovery.kubernetes.DiscoveryKubernetes;
import dev.weir.agent.discovery.relabel.DiscoveryRelabel;
import dev.weir.agent.local.file.LocalFile;
import dev.weir.agent.local.filematch.LocalFileMatch;
import dev.weir.agent.loki.echo.LokiEcho;
import dev.weir.agent.loki.enrich.LokiEnrich;
import dev.weir.agent.loki.process.LokiProcess;
import dev.weir.agent.loki.relabel.LokiRelabel;
import dev.weir.agent.loki.secretfilter.LokiSecretfilter;
import dev.weir.agent.loki.source.api.LokiSourceApi;
import dev.weir.agent.loki.source.docker.LokiSourceDocker;
import dev.weir.agent.loki.source.file.LokiSourceFile;
import dev.weir.agent.loki.source.gelf.LokiSourceGelf;
import dev.weir.agent.loki.source.heroku.LokiSourceHeroku;
import dev.weir.agent.loki.source.journal.LokiSourceJournal;
import dev.weir.agent.loki.source.kafka.LokiSourceKafka;
import dev.weir.agent.loki.source.kubernetes.LokiSourceKubernetes;
import dev.weir.agent.loki.source.kubernetesevents.LokiSourceKubernetesEvents;
import dev.weir.agent.loki.source.kubernetesfiles.LokiSourceKubernetesFiles;
import dev.weir.agent.loki.source.podlogs.LokiSourcePodlogs;
import dev.weir.agent.loki.source.syslog.LokiSourceSyslog;
import dev.weir.agent.loki.write.LokiWrite;
import dev.weir.agent.remote.http.RemoteHttp;
import dev.weir.agent.remote.kubernetes.configmap.RemoteKubernetesConfigmap;
import dev.weir.agent.remote.kubernetes.secret.RemoteKubernetesSecret;
import java.util.List;

/// Every component the agent knows. To add one: write its class, add its `TYPE` here.
public final class Components {
  public static final List<ComponentType<?>> ALL =
      List.of(
          DiscoveryDocker.TYPE,
          DiscoveryFile.TYPE,
          DiscoveryKubernetes.TYPE,
          DiscoveryRelabel.TYPE,
          LocalFile.TYPE,
          LocalFileMatch.TYPE,
          LokiEcho.TYPE,
          LokiEnrich.TYPE,
          LokiProcess.TYPE,
          LokiRelabel.TYPE,
          LokiSecretfilter.TYPE,
          LokiSourceApi.TYPE,
          LokiSourceDocker.TYPE,
          LokiSourceFile.TYPE,
          LokiSourceJournal.TYPE,
          LokiSourceGelf.TYPE,
          LokiSourceHeroku.TYPE,
          LokiSourceKafka.TYPE,
          LokiSourceKubernetes.TYPE,
          LokiSourceKubernetesFiles.TYPE,
          LokiSourcePodlogs.TYPE,
          LokiSourceKubernetesEvents.TYPE,
          LokiSourceSyslog.TYPE,
          LokiWrite.TYPE,
          RemoteHttp.TYPE,
          RemoteKubernetesConfigmap.TYPE,
          RemoteKubernetesSecret.TYPE);

  private Components() {}
}
