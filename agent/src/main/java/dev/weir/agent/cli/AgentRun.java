package dev.weir.agent.cli;

import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.river.DiagnosticPrinter;
import dev.weir.agent.river.DiagnosticsException;
import java.io.IOException;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An agent as the foreground process: from its first load to the signal that ends it.
///
/// @param colour whether diagnostics may use a terminal's escape sequences
record AgentRun(PrintWriter out, PrintWriter err, boolean colour) {
  private static final Logger log = LoggerFactory.getLogger(AgentRun.class);

  /// Returns the exit code: 0 after a signal, 1 when the configuration could not be loaded.
  int run(AgentOptions options) throws InterruptedException {
    var agent = new Agent(options);
    try {
      agent.start();
    } catch (DiagnosticsException e) {
      err.print(DiagnosticPrinter.print(e.diagnostics(), colour));
      out.println();
      return failed("could not perform the initial load successfully");
    } catch (IOException e) {
      return failed("could not read the configuration: " + e);
    }
    log.atInfo()
        .addKeyValue("addr", agent.address())
        .addKeyValue("version", options.version())
        .log("now listening for http traffic");
    new Lifecycle(agent).runUntilSignalled();
    return 0;
  }

  private int failed(String message) {
    out.flush();
    err.println("Error: " + message);
    err.flush();
    return 1;
  }
}
