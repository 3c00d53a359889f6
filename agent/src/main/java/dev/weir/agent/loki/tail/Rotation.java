package dev.weir.agent.loki.tail;

/// How a file's older generations are found beside it.
///
/// Whatever the kind, a file that is renamed, deleted or replaced while it is open is read to its
/// end, and truncation is noticed.
public enum Rotation {
  /// They are not looked for.
  NONE,
  /// `name.1` is the youngest, `name.2` the one before it, perhaps compressed as `name.2.gz`, and
  /// the writer has closed a file before it is renamed: Docker's log files. Without a stored
  /// position all of them belong to the beginning.
  NUMBERED,
  /// Files in the same directory whose names begin with the file's name and a `.` or `-`, or with
  /// its stem and a `-` and have the same extension, the youngest being the one modified last: what
  /// logrotate and logging libraries leave. The writer may go on writing to a renamed file for a
  /// while. They are looked at only to go on from a stored position.
  SIBLINGS,
  /// `0.log.20261122-130001` is the file as it was when it was rotated at that time, perhaps
  /// compressed as `0.log.20261122-130001.gz`: what the kubelet leaves. The writer may go on
  /// writing to a renamed file until it is told. Without a stored position all of them belong to
  /// the beginning.
  KUBELET;

  /// What belongs to the beginning of a file that begins there.
  Rotation history() {
    return this == NUMBERED || this == KUBELET ? this : NONE;
  }
}
