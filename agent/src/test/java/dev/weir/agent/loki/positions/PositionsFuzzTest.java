package dev.weir.agent.loki.positions;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;

final class PositionsFuzzTest {
  @FuzzTest(maxDuration = "30s")
  void parsesOrRefusesAnyBytes(byte[] data) {
    String body = new String(data, StandardCharsets.UTF_8);
    byte[] signed = (body + "\nchecksum: none\n").getBytes(StandardCharsets.UTF_8);
    try {
      SortedMap<String, Position> positions = PositionsParser.parse(signed);
      assertThat(PositionsParser.parse(PositionsWriter.write(positions))).isEqualTo(positions);
    } catch (PositionsParser.DamagedException | IOException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }
}
