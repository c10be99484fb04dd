package dev.nanoctl.server.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The threads all connections to Redis share, and how connections are made. */
public final class RedisLines implements AutoCloseable {
  /** The least Lettuce takes; a handful of connections needs no more. */
  private static final int THREADS = 2;

  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  private final ClientResources resources =
      DefaultClientResources.builder()
          .ioThreadPoolSize(THREADS)
          .computationThreadPoolSize(THREADS)
          .commandLatencyRecorder(CommandLatencyRecorder.disabled())
          .addressResolverGroup(DefaultAddressResolverGroup.INSTANCE)
          .build();
  private final RedisClient client = RedisClient.create(resources);

  /** Lines whose commands fail at once while there is no connection. */
  public RedisLines() {
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .protocolVersion(ProtocolVersion.RESP2)
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .socketOptions(SocketOptions.builder().connectTimeout(CONNECT).keepAlive(true).build())
            .timeoutOptions(TimeoutOptions.create())
            .build());
  }

  /** A connection for one user. */
  public record Line(StatefulRedisConnection<String, byte[]> connection) implements AutoCloseable {
    /** Its commands. */
    public RedisAsyncCommands<String, byte[]> redis() {
      return connection.async();
    }

    @Override
    public void close() {
      RedisLines.close(connection);
    }
  }

  /** One more connection; the caller closes it. */
  public Line open(RedisAddress address) throws IOException, InterruptedException {
    return new Line(connect(address));
  }

  /** Closes a connection that may be broken. */
  static void close(StatefulRedisConnection<String, byte[]> connection) {
    if (connection.isOpen()) {
      var _ = connection.closeAsync();
    }
  }

  /** One more connection; the caller closes it. */
  StatefulRedisConnection<String, byte[]> connect(RedisAddress address)
      throws IOException, InterruptedException {
    RedisURI uri =
        RedisURI.builder()
            .withHost(address.host())
            .withPort(address.port())
            .withPassword(address.password().get().value().toCharArray())
            .withTimeout(CONNECT)
            .build();
    CompletableFuture<StatefulRedisConnection<String, byte[]>> connecting =
        client.connectAsync(CODEC, uri).toCompletableFuture();
    try {
      return connecting.get(2 * CONNECT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("cannot connect to redis at " + address, e.getCause());
    } catch (TimeoutException e) {
      var _ = connecting.thenCompose(StatefulRedisConnection::closeAsync);
      throw new IOException("redis at " + address + " does not answer", e);
    }
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
  }
}
