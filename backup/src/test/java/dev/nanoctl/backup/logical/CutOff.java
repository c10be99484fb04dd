package dev.nanoctl.backup.logical;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets in to a database, and loses every connection at one statement and from then on. */
final class CutOff implements DatabaseSource {
  private final DatabaseSource source;
  private final AtomicInteger left;

  CutOff(DatabaseSource source, int statements) {
    this.source = source;
    this.left = new AtomicInteger(statements);
  }

  boolean happened() {
    return left.get() < 0;
  }

  @Override
  public Connection connect() throws SQLException {
    Connection connection = source.connect();
    return proxy(
        Connection.class,
        connection,
        (name, result) ->
            name.equals("createStatement") && result instanceof Statement statement
                ? guarded(connection, statement)
                : result,
        name -> {
          if (name.equals("commit") || name.equals("unwrap")) {
            count(connection);
          }
        });
  }

  private Statement guarded(Connection connection, Statement statement) {
    return proxy(
        Statement.class,
        statement,
        (_, result) -> result,
        name -> {
          if (name.startsWith("execute")) {
            count(connection);
          }
        });
  }

  private void count(Connection connection) throws SQLException {
    if (left.decrementAndGet() < 0) {
      connection.abort(Runnable::run);
      throw new SQLException("the connection is gone", "08006");
    }
  }

  private interface Result {
    Object of(String method, Object result) throws SQLException;
  }

  private interface Before {
    void call(String method) throws SQLException;
  }

  private static <T> T proxy(Class<T> type, T target, Result after, Before before) {
    Object made =
        Proxy.newProxyInstance(
            CutOff.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              before.call(method.getName());
              try {
                Object result = method.invoke(target, arguments);
                return result == null ? null : after.of(method.getName(), result);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(made);
  }
}
