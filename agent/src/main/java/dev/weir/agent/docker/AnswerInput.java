package dev.weir.agent.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.FilterInputStream;
import java.io.IOException;

/// The body of an answer; closing it closes the connection.
final class AnswerInput extends FilterInputStream {
  private final DockerHttpClient.Response answer;

  AnswerInput(DockerHttpClient.Response answer) {
    super(answer.getBody());
    this.answer = answer;
  }

  @Override
  public void close() throws IOException {
    answer.close();
  }
}
