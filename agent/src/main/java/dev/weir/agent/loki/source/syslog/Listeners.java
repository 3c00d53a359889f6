package dev.weir.agent.loki.source.syslog;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.intake.KernelDrops;
import dev.weir.agent.loki.intake.SocketAddresses;
import dev.weir.agent.loki.source.syslog.DebugInfo.ListenerInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The listeners of one component, kept in step with its arguments: one whose address stays is kept
/// with its connections.
///
/// [#reconcile] and [#stop] are called by one thread at a time; the rest by any.
final class Listeners {
  private final ComponentContext context;
  private final SyslogMetrics metrics;
  private final List<Place> places = new CopyOnWriteArrayList<>();

  /// A `listener` block and the socket made for it, if it could be made.
  private static final class Place {
    volatile SyslogSettings settings;
    volatile @Nullable Listener listener;
    volatile @Nullable String problem;

    Place(SyslogSettings settings) {
      this.settings = settings;
    }
  }

  Listeners(ComponentContext context, SyslogMetrics metrics) {
    this.context = context;
    this.metrics = metrics;
    context
        .metrics()
        .gauge(
            "loki_source_syslog_udp_dropped_datagrams",
            "Number of datagrams the kernel dropped because they were not read in time.",
            this,
            Listeners::dropped);
  }

  private double dropped() {
    long drops = 0;
    for (Place place : places) {
      if (place.listener instanceof UdpListener udp) {
        drops += KernelDrops.ofPort(udp.address().getPort());
      }
    }
    return drops;
  }

  /// Keeps, starts and stops listeners.
  ///
  /// @return whether all of them listen
  boolean reconcile(List<SyslogSettings> wanted, Duration limit) throws InterruptedException {
    List<Place> before = new ArrayList<>(places);
    List<Place> after = new ArrayList<>();
    for (SyslogSettings settings : wanted) {
      after.add(taken(before, settings));
    }
    for (Place gone : before) {
      stop(gone, limit);
    }
    places.clear();
    places.addAll(after);
    boolean all = true;
    for (Place place : after) {
      all &= listens(place);
    }
    return all;
  }

  private Place taken(List<Place> before, SyslogSettings settings) {
    for (int i = 0; i < before.size(); i++) {
      Place place = before.get(i);
      if (place.settings.arguments().listensLike(settings.arguments())) {
        before.remove(i);
        update(place, settings);
        return place;
      }
    }
    return new Place(settings);
  }

  private void update(Place place, SyslogSettings settings) {
    place.settings = settings;
    Listener listener = place.listener;
    if (listener != null) {
      try {
        listener.update(settings);
        place.problem = null;
      } catch (IOException e) {
        failed(place, e);
      }
    }
  }

  private boolean listens(Place place) {
    if (place.listener == null) {
      try {
        boolean udp = place.settings.arguments().protocol().equals("udp");
        Listener listener =
            udp
                ? new UdpListener(context, metrics, place.settings)
                : new TcpListener(context, metrics, place.settings);
        place.listener = listener;
        place.problem = null;
        context
            .log()
            .atInfo()
            .addKeyValue("address", SocketAddresses.shown(listener.address()))
            .addKeyValue("protocol", place.settings.arguments().protocol())
            .log("syslog listening on address");
      } catch (IOException e) {
        failed(place, e);
      }
    }
    return place.problem == null;
  }

  private void failed(Place place, IOException e) {
    String address = place.settings.arguments().address();
    if (place.problem == null) {
      context
          .log()
          .atError()
          .addKeyValue("address", address)
          .addKeyValue("err", e.getMessage())
          .log("cannot listen, trying again");
    }
    place.problem = "cannot listen on " + address + ": " + e.getMessage();
  }

  private static void stop(Place place, Duration limit) throws InterruptedException {
    Listener listener = place.listener;
    if (listener != null) {
      listener.stop(limit);
      place.listener = null;
    }
  }

  void stop(Duration limit) throws InterruptedException {
    for (Place place : places) {
      stop(place, limit);
    }
  }

  /// Why one does not listen, or null.
  @Nullable String problem() {
    for (Place place : places) {
      String problem = place.problem;
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  DebugInfo debugInfo() {
    return new DebugInfo(places.stream().map(Listeners::info).toList());
  }

  private static ListenerInfo info(Place place) {
    Listener listener = place.listener;
    return new ListenerInfo(
        listener != null,
        listener == null
            ? place.settings.arguments().address()
            : SocketAddresses.shown(listener.address()),
        Labels.of(place.settings.arguments().labels()).toString());
  }
}
