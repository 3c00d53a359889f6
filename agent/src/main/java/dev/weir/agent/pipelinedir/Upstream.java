package dev.weir.agent.pipelinedir;

import dev.weir.agent.component.Report;
import dev.weir.agent.runtime.ModulePart;
import java.util.List;

/// What the sources that feed one output tell together.
record Upstream(long lagBytes, double oldestUnsentSeconds, long lostBytes) {
  static Upstream of(String output, List<ModulePart> parts) {
    long lag = 0;
    double oldest = 0;
    long lost = 0;
    for (ModulePart part : parts) {
      if (part.report() instanceof Report.Source source && part.reaches().contains(output)) {
        lag += source.lagBytes();
        oldest = Math.max(oldest, source.oldestUnsentSeconds());
        lost += source.lostBytes();
      }
    }
    return new Upstream(lag, oldest, lost);
  }
}
