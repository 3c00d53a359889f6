package dev.weir.operator.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.operator.health.Agents.Agent;
import dev.weir.operator.plan.Plan;
import dev.weir.operator.plan.Verdict;
import dev.weir.operator.render.RenderInput.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks every agent now and then how its pipelines do.
///
/// A round is spread over its whole interval, each agent at its own moment, so that a thousand
/// agents are a few dozen requests a second. It owns its threads, which end with [#close].
public final class AgentPoll implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AgentPoll.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SLOTS = 20;
  private static final int OK = 200;

  private final Agents agents;
  private final Duration timeout;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("agent-poll").factory());
  private final ExecutorService requests =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("agent-poll-", 0).factory());
  private final HttpClient http;
  private final Map<String, FlowJudge> judges = new HashMap<>();
  private int slot;
  private Round round = new Round(Map.of());

  private AgentPoll(Agents agents, Duration timeout) {
    this.agents = agents;
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .executor(requests)
            .build();
  }

  /// Asks from now on, until closed.
  ///
  /// @param interval of a round
  /// @param timeout that an agent may take to answer
  public static AgentPoll start(Agents agents, Duration interval, Duration timeout) {
    var poll = new AgentPoll(agents, timeout);
    long pause = Math.max(1, interval.toMillis() / SLOTS);
    var _ = poll.clock.scheduleWithFixedDelay(poll::tick, pause, pause, TimeUnit.MILLISECONDS);
    return poll;
  }

  private void tick() {
    try {
      if (slot == 0) {
        evaluate();
        round = new Round(agents.plans());
      }
      ask(slot);
      slot = (slot + 1) % SLOTS;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.atWarn().setCause(e).log("a round of questions to the agents failed");
    }
  }

  private void ask(int now) throws InterruptedException {
    List<Callable<@Nullable Void>> tasks = new ArrayList<>();
    Round current = round;
    for (Agent agent : agents.running()) {
      if (Math.floorMod(agent.pod().hashCode(), SLOTS) == now) {
        tasks.add(() -> {
          ask(agent)
              .ifPresent(report -> {
                current.add(agent.className(), agent.singleton(), report);
                if (report.version() != null) {
                  agents.version(agent.className(), report.version());
                }
              });
          return null;
        });
      }
    }
    requests.invokeAll(tasks);
  }

  private Optional<AgentReport> ask(Agent agent) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(agent.address() + "/api/v1/pipelines"))
            .timeout(timeout)
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return response.statusCode() == OK
          ? Optional.of(MAPPER.readValue(response.body(), AgentReport.class))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      log.atWarn().addKeyValue("pod", agent.pod()).log("an agent's answer cannot be read");
      return Optional.empty();
    } catch (IOException e) {
      log.atDebug()
          .addKeyValue("pod", agent.pod())
          .addKeyValue("err", e.toString())
          .log("an agent does not answer");
      return Optional.empty();
    }
  }

  private void evaluate() {
    Map<String, PipelineHealth> health = new HashMap<>();
    Set<String> uids = new HashSet<>();
    for (Plan plan : round.plans().values()) {
      int nodes = agents.desired(plan.className());
      for (Verdict verdict : plan.verdicts().values()) {
        if (verdict.file() != null) {
          String uid = verdict.pipeline().uid();
          uids.add(uid);
          health.put(uid, health(verdict, verdict.singleton() ? 1 : nodes));
        }
      }
    }
    judges.keySet().retainAll(uids);
    if (!round.plans().isEmpty()) {
      agents.told(health);
    }
  }

  private PipelineHealth health(Verdict verdict, int nodes) {
    Tally tally = round.tally(verdict);
    FlowJudge judge = judges.computeIfAbsent(verdict.pipeline().uid(), _ -> new FlowJudge());
    Flow flow = judge.judge(tally, nodes);
    int namespaces = verdict.key().kind() == Kind.LOG_PIPELINE ? 1 : 0;
    return tally.health(nodes, namespaces, flow, judge.lostSince());
  }

  @Override
  public void close() {
    clock.shutdownNow();
    requests.shutdownNow();
    http.close();
    requests.close();
    clock.close();
  }
}
