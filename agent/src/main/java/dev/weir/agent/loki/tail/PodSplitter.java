package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.tail.LineFormat.PodLines;
import java.io.IOException;

/// Splits the logs of containers in pods, which their runtime writes in one of two forms.
final class PodSplitter implements JoiningSplitter {
  private final PartJoiner joiner;
  private Splitter splitter;
  private boolean decided;

  PodSplitter(PodLines format) {
    this.joiner =
        new PartJoiner(format.stdout(), format.stderr(), format.longestLine(), format.tooLong());
    this.splitter = new CriSplitter(joiner);
  }

  @Override
  public void format(LineFormat format) {
    var pod = (PodLines) format;
    joiner.streams(pod.stdout(), pod.stderr());
    joiner.limit(pod.longestLine(), pod.tooLong());
  }

  @Override
  public void prepare(Generation generation, byte[] scratch) throws IOException {
    if (!decided && generation.content().read(0, scratch, 0, 1) == 1) {
      decided = true;
      if (scratch[0] == '{') {
        splitter = new DockerJsonSplitter(joiner);
      }
    }
  }

  @Override
  public int complete(byte[] bytes, int from, int to) {
    return splitter.complete(bytes, from, to);
  }

  @Override
  public void split(Chunk chunk, Batch batch) {
    splitter.split(chunk, batch);
  }

  @Override
  public void cut(Chunk chunk, Batch batch, boolean last) {
    splitter.cut(chunk, batch, last);
  }

  @Override
  public PartJoiner joiner() {
    return joiner;
  }

  @Override
  public void reset() {
    splitter.reset();
  }
}
