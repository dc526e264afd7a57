package org.linekeeper.journal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.SupportedRpcType;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/**
 * How Ratis reaches the other watchers, and how soon it misses one.
 *
 * @param properties Ratis' settings
 * @param parameters what of them is no text
 */
record Transport(RaftProperties properties, Parameters parameters) {
  /**
   * A leader that is not heard of for so long is given up, at the earliest and at the latest. A new
   * one was there 355 to 482 ms after the old one was killed (three on two cores).
   */
  private static final Duration MISSED_MIN = Duration.ofMillis(150);

  private static final Duration MISSED_MAX = Duration.ofMillis(300);

  /** Heartbeats come every half of what is missed at the earliest; an answer takes no longer. */
  private static final Duration ANSWER = Duration.ofSeconds(1);

  /**
   * After an error ten times at once, then ten times a second for as long as it takes. As Ratis
   * ships it, a watcher that comes back is told of news up to five seconds later.
   */
  private static final String TRY_AGAIN = "1ms,10, 100ms,1000000000";

  /** Nobody to ask and nobody to wait for. */
  private static final Duration ALONE_MIN = Duration.ofMillis(10);

  private static final Duration ALONE_MAX = Duration.ofMillis(20);

  static Transport of(RaftProperties properties, Optional<JournalGroup> group) {
    Transport transport = new Transport(properties, new Parameters());
    group.ifPresentOrElse(transport::grpc, transport::none);
    return transport;
  }

  private void none() {
    properties.set(RaftConfigKeys.Rpc.TYPE_KEY, NoPeers.class.getName());
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, duration(ALONE_MIN));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, duration(ALONE_MAX));
  }

  private void grpc(JournalGroup group) {
    RaftConfigKeys.Rpc.setType(properties, SupportedRpcType.GRPC);
    group.bind().ifPresent(address -> GrpcConfigKeys.Server.setHost(properties, address));
    GrpcConfigKeys.Server.setPort(properties, group.port());
    GrpcConfigKeys.setMessageSizeMax(properties, SizeInBytes.valueOf(2L * Payload.LARGEST));
    GrpcConfigKeys.TLS.setConf(
        parameters,
        new GrpcTlsConfig(
            group.keys().key().toFile(),
            group.keys().certificate().toFile(),
            group.keys().authority().toFile(),
            true));
    RaftServerConfigKeys.Rpc.setTimeoutMin(properties, duration(MISSED_MIN));
    RaftServerConfigKeys.Rpc.setTimeoutMax(properties, duration(MISSED_MAX));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, duration(MISSED_MIN));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, duration(MISSED_MAX));
    RaftServerConfigKeys.Rpc.setRequestTimeout(properties, duration(ANSWER));
    RaftServerConfigKeys.Log.Appender.setRetryPolicy(properties, TRY_AGAIN);
    // One that has stepped down, since it heard from no majority, stands for no vote for so long.
    RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(
        properties, duration(MISSED_MAX.multipliedBy(2)));
    RaftServerConfigKeys.LeaderElection.setPreVote(properties, true);
  }

  /**
   * As Ratis knows a watcher. None has a priority: a candidate would wait for the vote of each that
   * has a higher one, twice, up to {@link #MISSED_MAX}, also when that is the leader that died.
   */
  static RaftPeer peer(RaftPeerId id, JournalGroup.Seat seat) {
    return RaftPeer.newBuilder().setId(id).setAddress(seat.host() + ":" + seat.port()).build();
  }

  private static TimeDuration duration(Duration duration) {
    return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
  }
}
