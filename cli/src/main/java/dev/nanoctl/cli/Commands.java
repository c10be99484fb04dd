package dev.nanoctl.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes each command from the parts that {@link Main} put together. */
final class Commands implements IFactory {
  private final Map<Class<?>, Supplier<?>> makers = new HashMap<>();

  <T> Commands with(Class<T> type, Supplier<? extends T> maker) {
    makers.put(type, maker);
    return this;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    Supplier<?> maker = makers.get(type);
    return maker == null ? CommandLine.defaultFactory().create(type) : type.cast(maker.get());
  }
}
