package dev.nanoctl.server.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears, on a connection of its own, what other processes of this site have committed. */
public final class News implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(News.class);
  private static final int WAIT_MILLIS = 500;

  /** Hears of news. */
  public interface Reader {
    /** Something was announced: {@code outbox}, or a changed topic. */
    void heard(String news);

    /** The line was down: anything may have been missed. */
    void missed();
  }

  private final DatabaseConfig config;
  private final String self;
  private final List<Reader> readers = new CopyOnWriteArrayList<>();
  private volatile boolean open = true;
  private @Nullable Thread thread;

  /** News of the given database; nothing is heard before {@link #start()}. */
  public News(DatabaseConfig config) {
    this.config = config;
    this.self = UUID.randomUUID().toString();
  }

  /** What marks this process's own announcements, which it need not hear. */
  String self() {
    return self;
  }

  /** Adds a reader. */
  public void subscribe(Reader reader) {
    readers.add(reader);
  }

  /** Begins to listen. */
  public void start() {
    thread = Thread.ofVirtual().name("news").start(this::listen);
  }

  @Override
  public void close() {
    open = false;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void listen() {
    while (open) {
      try (Connection connection = connect()) {
        readers.forEach(Reader::missed);
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
        if (open) {
          LOG.debug("not hearing news: {}", e.toString());
          pause();
        }
      }
    }
  }

  private void tell(String news) {
    if (!news.startsWith(Changes.PREFIX)) {
      readers.forEach(reader -> reader.heard(news));
      return;
    }
    int sender = news.indexOf(' ');
    if (!news.substring(Changes.PREFIX.length(), sender).equals(self)) {
      String topic = news.substring(sender + 1);
      readers.forEach(reader -> reader.heard(topic));
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", config.user());
    properties.setProperty("password", config.password().value());
    properties.setProperty("ApplicationName", "nanoctl news");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("tcpKeepAlive", "true");
    Connection connection = DriverManager.getConnection(config.url(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + Changes.CHANNEL);
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
