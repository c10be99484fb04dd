package dev.nanoctl.server.broadcast;

import dev.nanoctl.server.db.DatabaseConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By PostgreSQL's {@code NOTIFY}, which is a part of the transaction; heard on a connection of its
 * own. What was announced while that was down is lost, which readers are told.
 */
public final class PostgresBroadcast implements Broadcast {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresBroadcast.class);
  private static final int WAIT_MILLIS = 500;
  private static final String CHANNEL = "nanoctl";

  /** How a change is told apart from other news on the channel. */
  private static final String PREFIX = "c:";

  private final Optional<DatabaseConfig> config;
  private final String self;
  private final List<Reader> readers = new CopyOnWriteArrayList<>();
  private volatile boolean open = true;
  private volatile boolean hears;
  private @Nullable Thread thread;

  private PostgresBroadcast(Optional<DatabaseConfig> config, String self) {
    this.config = config;
    this.self = self;
  }

  /** News of the given database; nothing is heard before {@link #start()}. */
  public PostgresBroadcast(DatabaseConfig config) {
    this(Optional.of(config), UUID.randomUUID().toString());
  }

  /** For a tool that announces and never listens. */
  public static PostgresBroadcast ofTool() {
    return new PostgresBroadcast(Optional.empty(), "tool");
  }

  @Override
  public void announce(Handle tx, List<String> topics, Runnable committed) {
    tx.createQuery("SELECT count(pg_notify(:channel, :prefix || topic)) FROM unnest(:topics) topic")
        .bind("channel", CHANNEL)
        .bind("prefix", PREFIX + self + " ")
        .bindArray("topics", String.class, topics)
        .mapTo(Long.class)
        .one();
    tx.afterCommit(committed);
  }

  @Override
  public void subscribe(Reader reader) {
    readers.add(reader);
  }

  @Override
  public void start() {
    DatabaseConfig database = config.orElseThrow();
    thread = Thread.ofVirtual().name("news").start(() -> listen(database));
  }

  @Override
  public boolean hears() {
    return hears;
  }

  @Override
  public void close() {
    open = false;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void listen(DatabaseConfig database) {
    while (open) {
      try (Connection connection = connect(database)) {
        readers.forEach(Reader::missed);
        hears = true;
        readers.forEach(Reader::hearing);
        PGConnection line = connection.unwrap(PGConnection.class);
        while (open) {
          PGNotification[] heard = line.getNotifications(WAIT_MILLIS);
          if (heard != null) {
            for (PGNotification one : heard) {
              tell(one.getParameter());
            }
          }
        }
      } catch (SQLException e) {
        hears = false;
        if (open) {
          readers.forEach(Reader::deaf);
          LOG.debug("not hearing news: {}", e.toString());
          pause();
        }
      }
    }
  }

  private void tell(String news) {
    if (!news.startsWith(PREFIX)) {
      readers.forEach(reader -> reader.heard(news));
      return;
    }
    int sender = news.indexOf(' ');
    if (!news.substring(PREFIX.length(), sender).equals(self)) {
      String topic = news.substring(sender + 1);
      readers.forEach(reader -> reader.heard(topic));
    }
  }

  private static Connection connect(DatabaseConfig config) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", config.user());
    properties.setProperty("password", config.password().value());
    properties.setProperty("ApplicationName", "nanoctl news");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("tcpKeepAlive", "true");
    Connection connection = DriverManager.getConnection(config.url(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + CHANNEL);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(WAIT_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
